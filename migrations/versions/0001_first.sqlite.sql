CREATE TABLE users (
	id INTEGER NOT NULL,
	username VARCHAR(150) NOT NULL,
	email VARCHAR(254) DEFAULT '' NOT NULL,
	first_name VARCHAR(60) DEFAULT '' NOT NULL,
	last_name VARCHAR(60) DEFAULT '' NOT NULL,
	is_active BOOLEAN DEFAULT true NOT NULL,
	password_hash VARCHAR(200),
	created_at VARCHAR(27) NOT NULL,
	updated_at VARCHAR(27) NOT NULL,
	CONSTRAINT pk_users PRIMARY KEY (id),
	CONSTRAINT ck_users_username_given CHECK (username <> ''),
	CONSTRAINT uq_users_username UNIQUE (username)
)
-- next
CREATE TABLE wards (
	id INTEGER NOT NULL,
	code VARCHAR(16) DEFAULT '' NOT NULL,
	name VARCHAR(100) NOT NULL,
	location VARCHAR(200) DEFAULT '' NOT NULL,
	description VARCHAR(500) DEFAULT '' NOT NULL,
	phone VARCHAR(32) DEFAULT '' NOT NULL,
	is_active BOOLEAN DEFAULT true NOT NULL,
	sex_policy VARCHAR(8) DEFAULT 'any' NOT NULL,
	age_policy VARCHAR(8) DEFAULT 'any' NOT NULL,
	specialty VARCHAR(60) DEFAULT '' NOT NULL,
	cleaning_step BOOLEAN DEFAULT true NOT NULL,
	extra_places BOOLEAN DEFAULT false NOT NULL,
	staffed_beds INTEGER,
	long_stay_days INTEGER DEFAULT '7' NOT NULL,
	lock_minutes INTEGER DEFAULT '5' NOT NULL,
	CONSTRAINT pk_wards PRIMARY KEY (id),
	CONSTRAINT ck_wards_sex_policy CHECK (sex_policy IN ('any', 'male', 'female', 'by_room')),
	CONSTRAINT ck_wards_age_policy CHECK (age_policy IN ('any', 'adult', 'child')),
	CONSTRAINT ck_wards_name_given CHECK (name <> ''),
	CONSTRAINT ck_wards_staffed_beds CHECK (staffed_beds >= 0),
	CONSTRAINT uq_wards_name UNIQUE (name)
)
-- next
CREATE TABLE settings (
	"key" VARCHAR(40) NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_settings PRIMARY KEY ("key")
)
-- next
CREATE TABLE profiles (
	user_id INTEGER NOT NULL,
	phone VARCHAR(32) DEFAULT '' NOT NULL,
	role VARCHAR(20) NOT NULL,
	status VARCHAR(24) NOT NULL,
	is_active BOOLEAN DEFAULT true NOT NULL,
	language VARCHAR(8) DEFAULT 'en' NOT NULL,
	ward_id INTEGER,
	setup_code_hash VARCHAR(200),
	CONSTRAINT pk_profiles PRIMARY KEY (user_id),
	CONSTRAINT ck_profiles_role CHECK (role IN ('patient', 'caregiver', 'chef', 'medical_staff', 'support_staff', 'hospital_manager', 'admin')),
	CONSTRAINT ck_profiles_status CHECK (status IN ('active', 'inactive', 'suspended', 'pending_verification')),
	CONSTRAINT fk_profiles_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	CONSTRAINT fk_profiles_ward_id FOREIGN KEY(ward_id) REFERENCES wards (id)
)
-- next
CREATE TABLE patients (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	hospital_number VARCHAR(32) NOT NULL,
	sex VARCHAR(8) NOT NULL,
	date_of_birth DATE,
	birth_estimated BOOLEAN DEFAULT false NOT NULL,
	national_id VARCHAR(32),
	attendant_name VARCHAR(120) DEFAULT '' NOT NULL,
	attendant_phone VARCHAR(32) DEFAULT '' NOT NULL,
	name_key VARCHAR(130) NOT NULL,
	merged_into INTEGER,
	CONSTRAINT pk_patients PRIMARY KEY (id),
	CONSTRAINT ck_patients_sex CHECK (sex IN ('male', 'female', 'other', 'unknown')),
	CONSTRAINT ck_patients_hospital_number_given CHECK (hospital_number <> ''),
	CONSTRAINT ck_patients_not_merged_into_self CHECK (merged_into IS NULL OR merged_into <> id),
	CONSTRAINT uq_patients_user_id UNIQUE (user_id),
	CONSTRAINT fk_patients_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	CONSTRAINT uq_patients_hospital_number UNIQUE (hospital_number),
	CONSTRAINT uq_patients_national_id UNIQUE (national_id),
	CONSTRAINT fk_patients_merged_into FOREIGN KEY(merged_into) REFERENCES patients (id)
)
-- next
CREATE INDEX ix_patients_name_key ON patients (name_key)
-- next
CREATE TABLE rooms (
	id INTEGER NOT NULL,
	ward_id INTEGER NOT NULL,
	name VARCHAR(50) NOT NULL,
	sex_policy VARCHAR(8) DEFAULT 'any' NOT NULL,
	x FLOAT,
	y FLOAT,
	width FLOAT,
	height FLOAT,
	CONSTRAINT pk_rooms PRIMARY KEY (id),
	CONSTRAINT uq_rooms_ward_id_name UNIQUE (ward_id, name),
	CONSTRAINT uq_rooms_id_ward_id UNIQUE (id, ward_id),
	CONSTRAINT ck_rooms_sex_policy CHECK (sex_policy IN ('any', 'male', 'female', 'same')),
	CONSTRAINT fk_rooms_ward_id FOREIGN KEY(ward_id) REFERENCES wards (id)
)
-- next
CREATE TABLE ward_staff (
	user_id INTEGER NOT NULL,
	ward_id INTEGER NOT NULL,
	CONSTRAINT pk_ward_staff PRIMARY KEY (user_id, ward_id),
	CONSTRAINT fk_ward_staff_user_id FOREIGN KEY(user_id) REFERENCES users (id),
	CONSTRAINT fk_ward_staff_ward_id FOREIGN KEY(ward_id) REFERENCES wards (id)
)
-- next
CREATE TABLE streams (
	id INTEGER NOT NULL,
	kind VARCHAR(8) NOT NULL,
	ward_id INTEGER,
	station VARCHAR(64),
	revision INTEGER DEFAULT '0' NOT NULL,
	head VARCHAR(64) DEFAULT '0000000000000000000000000000000000000000000000000000000000000000' NOT NULL,
	last_time VARCHAR(27),
	CONSTRAINT pk_streams PRIMARY KEY (id),
	CONSTRAINT ck_streams_kind CHECK (kind IN ('ward', 'house', 'access')),
	CONSTRAINT ck_streams_ward CHECK ((kind = 'ward') = (ward_id IS NOT NULL)),
	CONSTRAINT ck_streams_station CHECK ((kind = 'access') = (station IS NOT NULL)),
	CONSTRAINT ck_streams_revision CHECK (revision >= 0),
	CONSTRAINT uq_streams_ward_id UNIQUE (ward_id),
	CONSTRAINT fk_streams_ward_id FOREIGN KEY(ward_id) REFERENCES wards (id),
	CONSTRAINT uq_streams_station UNIQUE (station)
)
-- next
CREATE TABLE ward_beds (
	id INTEGER NOT NULL,
	ward_id INTEGER NOT NULL,
	room_id INTEGER,
	bed_number VARCHAR(50) NOT NULL,
	patient_id INTEGER,
	status VARCHAR(12) DEFAULT 'available' NOT NULL,
	status_since VARCHAR(27) NOT NULL,
	assigned_at VARCHAR(27),
	notes TEXT DEFAULT '' NOT NULL,
	notes_shared BOOLEAN DEFAULT false NOT NULL,
	remark TEXT DEFAULT '' NOT NULL,
	is_active BOOLEAN DEFAULT true NOT NULL,
	bed_type VARCHAR(60) DEFAULT '' NOT NULL,
	features VARCHAR(300) DEFAULT '' NOT NULL,
	held_for INTEGER,
	held_text VARCHAR(200) DEFAULT '' NOT NULL,
	held_until VARCHAR(27),
	block_reason VARCHAR(200) DEFAULT '' NOT NULL,
	blocked_from VARCHAR(12),
	made_status VARCHAR(12) DEFAULT 'available' NOT NULL,
	x FLOAT,
	y FLOAT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at VARCHAR(27) NOT NULL,
	updated_at VARCHAR(27) NOT NULL,
	CONSTRAINT pk_ward_beds PRIMARY KEY (id),
	CONSTRAINT uq_ward_beds_ward_id_bed_number UNIQUE (ward_id, bed_number),
	CONSTRAINT uq_ward_beds_id_patient_id UNIQUE (id, patient_id),
	CONSTRAINT fk_ward_beds_room FOREIGN KEY(room_id, ward_id) REFERENCES rooms (id, ward_id),
	CONSTRAINT fk_ward_beds_open_stay FOREIGN KEY(id, patient_id) REFERENCES bed_stays (open_bed, open_patient) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT ck_ward_beds_status CHECK (status IN ('available', 'occupied', 'reserved', 'cleaning', 'maintenance')),
	CONSTRAINT ck_ward_beds_occupied_with_patient CHECK ((status = 'occupied') = (patient_id IS NOT NULL)),
	CONSTRAINT ck_ward_beds_assigned_at CHECK ((assigned_at IS NULL) = (patient_id IS NULL)),
	CONSTRAINT ck_ward_beds_notes_with_patient CHECK (patient_id IS NOT NULL OR (notes = '' AND NOT notes_shared)),
	CONSTRAINT ck_ward_beds_inactive_empty CHECK (is_active OR status NOT IN ('occupied', 'reserved')),
	CONSTRAINT ck_ward_beds_hold_with_end CHECK ((held_until IS NOT NULL) = (held_for IS NOT NULL OR held_text <> '')),
	CONSTRAINT ck_ward_beds_hold_for_one CHECK (held_for IS NULL OR held_text = ''),
	CONSTRAINT ck_ward_beds_reserved_with_hold CHECK (status <> 'reserved' OR held_until IS NOT NULL),
	CONSTRAINT ck_ward_beds_hold_on_free_bed CHECK (held_until IS NULL OR status IN ('reserved', 'cleaning')),
	CONSTRAINT ck_ward_beds_blocked_from CHECK ((status = 'maintenance') = (blocked_from IS NOT NULL)),
	CONSTRAINT ck_ward_beds_blocked_from_state CHECK (blocked_from IN ('available', 'cleaning')),
	CONSTRAINT ck_ward_beds_block_reason CHECK (status = 'maintenance' OR block_reason = ''),
	CONSTRAINT ck_ward_beds_made_status CHECK (made_status IN ('available', 'maintenance')),
	CONSTRAINT ck_ward_beds_bed_number_length CHECK (length(bed_number) BETWEEN 1 AND 50),
	CONSTRAINT ck_ward_beds_version CHECK (version >= 1),
	CONSTRAINT fk_ward_beds_ward_id FOREIGN KEY(ward_id) REFERENCES wards (id),
	CONSTRAINT uq_ward_beds_patient_id UNIQUE (patient_id),
	CONSTRAINT fk_ward_beds_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id),
	CONSTRAINT uq_ward_beds_held_for UNIQUE (held_for),
	CONSTRAINT fk_ward_beds_held_for FOREIGN KEY(held_for) REFERENCES patients (id)
)
-- next
CREATE TABLE admissions (
	id INTEGER NOT NULL,
	patient_id INTEGER NOT NULL,
	source VARCHAR(12) NOT NULL,
	source_text VARCHAR(200) DEFAULT '' NOT NULL,
	complaint TEXT DEFAULT '' NOT NULL,
	needs VARCHAR(300) DEFAULT '' NOT NULL,
	priority VARCHAR(12) DEFAULT 'routine' NOT NULL,
	specialty VARCHAR(60) DEFAULT '' NOT NULL,
	nurse_id INTEGER,
	doctor_id INTEGER,
	expected_leaving DATE,
	feeds VARCHAR(8),
	admitted_at VARCHAR(27) NOT NULL,
	admitted_by INTEGER NOT NULL,
	waiting_ward INTEGER,
	decided_at VARCHAR(27),
	decided_by INTEGER,
	decided_outcome VARCHAR(16),
	discharged_at VARCHAR(27),
	discharged_by INTEGER,
	outcome VARCHAR(16),
	note TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_admissions PRIMARY KEY (id),
	CONSTRAINT uq_admissions_id_patient_id UNIQUE (id, patient_id),
	CONSTRAINT ck_admissions_source CHECK (source IN ('emergency', 'clinic', 'planned', 'routine', 'transfer', 'born_here', 'other')),
	CONSTRAINT ck_admissions_priority CHECK (priority IN ('emergency', 'urgent', 'routine')),
	CONSTRAINT ck_admissions_feeds CHECK (feeds IN ('kitchen', 'family', 'charity')),
	CONSTRAINT ck_admissions_outcome CHECK (outcome IN ('improved', 'stable', 'discharged', 'referred', 'against_advice', 'absconded', 'deceased', 'cancelled')),
	CONSTRAINT ck_admissions_decided_outcome CHECK (decided_outcome IN ('improved', 'stable', 'discharged', 'referred', 'against_advice', 'absconded', 'deceased', 'cancelled')),
	CONSTRAINT ck_admissions_discharged_with_outcome CHECK ((discharged_at IS NULL) = (outcome IS NULL)),
	CONSTRAINT ck_admissions_decided_with_outcome CHECK ((decided_at IS NULL) = (decided_outcome IS NULL)),
	CONSTRAINT ck_admissions_discharged_after_admitted CHECK (discharged_at >= admitted_at),
	CONSTRAINT ck_admissions_gone_not_waiting CHECK (discharged_at IS NULL OR waiting_ward IS NULL),
	CONSTRAINT fk_admissions_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id),
	CONSTRAINT fk_admissions_nurse_id FOREIGN KEY(nurse_id) REFERENCES users (id),
	CONSTRAINT fk_admissions_doctor_id FOREIGN KEY(doctor_id) REFERENCES users (id),
	CONSTRAINT fk_admissions_admitted_by FOREIGN KEY(admitted_by) REFERENCES users (id),
	CONSTRAINT fk_admissions_waiting_ward FOREIGN KEY(waiting_ward) REFERENCES wards (id),
	CONSTRAINT fk_admissions_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
	CONSTRAINT fk_admissions_discharged_by FOREIGN KEY(discharged_by) REFERENCES users (id)
)
-- next
CREATE UNIQUE INDEX uq_admissions_open ON admissions (patient_id) WHERE discharged_at IS NULL
-- next
CREATE INDEX ix_admissions_waiting_ward ON admissions (waiting_ward) WHERE waiting_ward IS NOT NULL
-- next
CREATE INDEX ix_admissions_patient_id ON admissions (patient_id)
-- next
CREATE TABLE events (
	stream_id INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	time VARCHAR(27) NOT NULL,
	happened_at VARCHAR(27) NOT NULL,
	operation_id VARCHAR(36) NOT NULL,
	action VARCHAR(32) NOT NULL,
	actor_id INTEGER NOT NULL,
	role VARCHAR(20) NOT NULL,
	station VARCHAR(64) NOT NULL,
	undoes VARCHAR(36),
	body TEXT NOT NULL,
	prev VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_events PRIMARY KEY (stream_id, revision),
	CONSTRAINT uq_events_operation_id_stream_id UNIQUE (operation_id, stream_id),
	CONSTRAINT ck_events_role CHECK (role IN ('patient', 'caregiver', 'chef', 'medical_staff', 'support_staff', 'hospital_manager', 'admin')),
	CONSTRAINT ck_events_revision CHECK (revision >= 1),
	CONSTRAINT ck_events_operation_id CHECK (length(operation_id) = 36),
	CONSTRAINT ck_events_happened_before CHECK (happened_at <= time),
	CONSTRAINT fk_events_stream_id FOREIGN KEY(stream_id) REFERENCES streams (id),
	CONSTRAINT fk_events_actor_id FOREIGN KEY(actor_id) REFERENCES users (id)
)
-- next
CREATE INDEX ix_events_actor ON events (actor_id, station, time)
-- next
CREATE INDEX ix_events_undoes ON events (undoes) WHERE undoes IS NOT NULL
-- next
CREATE TABLE bed_stays (
	id INTEGER NOT NULL,
	admission_id INTEGER NOT NULL,
	patient_id INTEGER NOT NULL,
	bed_id INTEGER NOT NULL,
	started_at VARCHAR(27) NOT NULL,
	ended_at VARCHAR(27),
	started_by INTEGER NOT NULL,
	ended_by INTEGER,
	ended_why VARCHAR(12),
	why VARCHAR(200) DEFAULT '' NOT NULL,
	notes TEXT DEFAULT '' NOT NULL,
	notes_shared BOOLEAN DEFAULT false NOT NULL,
	open_bed INTEGER GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN bed_id END) STORED,
	open_patient INTEGER GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN patient_id END) STORED,
	CONSTRAINT pk_bed_stays PRIMARY KEY (id),
	CONSTRAINT uq_bed_stays_open_bed_open_patient UNIQUE (open_bed, open_patient),
	CONSTRAINT fk_bed_stays_admission FOREIGN KEY(admission_id, patient_id) REFERENCES admissions (id, patient_id),
	CONSTRAINT fk_bed_stays_open_bed FOREIGN KEY(open_bed, open_patient) REFERENCES ward_beds (id, patient_id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT ck_bed_stays_end_after_start CHECK (ended_at >= started_at),
	CONSTRAINT ck_bed_stays_ended_with_why CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
	CONSTRAINT ck_bed_stays_ended_why CHECK (ended_why IN ('moved', 'discharged', 'undone')),
	CONSTRAINT ck_bed_stays_notes_when_ended CHECK (ended_at IS NOT NULL OR (notes = '' AND NOT notes_shared)),
	CONSTRAINT fk_bed_stays_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id),
	CONSTRAINT fk_bed_stays_bed_id FOREIGN KEY(bed_id) REFERENCES ward_beds (id),
	CONSTRAINT fk_bed_stays_started_by FOREIGN KEY(started_by) REFERENCES users (id),
	CONSTRAINT fk_bed_stays_ended_by FOREIGN KEY(ended_by) REFERENCES users (id),
	CONSTRAINT uq_bed_stays_open_bed UNIQUE (open_bed),
	CONSTRAINT uq_bed_stays_open_patient UNIQUE (open_patient)
)
-- next
CREATE INDEX ix_bed_stays_bed_id ON bed_stays (bed_id, started_at)
-- next
CREATE INDEX ix_bed_stays_admission_id ON bed_stays (admission_id)
-- next
CREATE INDEX ix_bed_stays_patient_id ON bed_stays (patient_id, started_at)
-- next
CREATE TABLE event_subjects (
	stream_id INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	n INTEGER NOT NULL,
	patient_id INTEGER,
	from_bed INTEGER,
	to_bed INTEGER,
	CONSTRAINT pk_event_subjects PRIMARY KEY (stream_id, revision, n),
	CONSTRAINT fk_event_subjects_event FOREIGN KEY(stream_id, revision) REFERENCES events (stream_id, revision),
	CONSTRAINT fk_event_subjects_patient_id FOREIGN KEY(patient_id) REFERENCES patients (id),
	CONSTRAINT fk_event_subjects_from_bed FOREIGN KEY(from_bed) REFERENCES ward_beds (id),
	CONSTRAINT fk_event_subjects_to_bed FOREIGN KEY(to_bed) REFERENCES ward_beds (id)
)
-- next
CREATE INDEX ix_event_subjects_to_bed ON event_subjects (to_bed)
-- next
CREATE INDEX ix_event_subjects_from_bed ON event_subjects (from_bed)
-- next
CREATE INDEX ix_event_subjects_patient_id ON event_subjects (patient_id)
-- next
CREATE TABLE event_texts (
	stream_id INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	kind VARCHAR(16) NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_event_texts PRIMARY KEY (stream_id, revision, kind),
	CONSTRAINT fk_event_texts_event FOREIGN KEY(stream_id, revision) REFERENCES events (stream_id, revision)
)
-- next
CREATE TRIGGER tr_ward_beds_transition BEFORE UPDATE OF status ON ward_beds WHEN OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN ('available>cleaning', 'available>maintenance', 'available>occupied', 'available>reserved', 'cleaning>available', 'cleaning>maintenance', 'cleaning>occupied', 'cleaning>reserved', 'maintenance>available', 'maintenance>cleaning', 'maintenance>reserved', 'occupied>available', 'occupied>cleaning', 'occupied>reserved', 'reserved>available', 'reserved>occupied') BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_transition'); END
-- next
CREATE TRIGGER tr_ward_beds_version BEFORE UPDATE ON ward_beds WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_version'); END
-- next
CREATE TRIGGER tr_ward_beds_made BEFORE INSERT ON ward_beds WHEN NEW.status <> NEW.made_status OR NEW.version <> 1 BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_made'); END
-- next
CREATE TRIGGER tr_ward_beds_origin BEFORE UPDATE ON ward_beds WHEN NEW.made_status <> OLD.made_status OR NEW.created_at <> OLD.created_at OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'tr_ward_beds_origin'); END
-- next
CREATE TRIGGER ex_bed_stays_bed_insert AFTER INSERT ON bed_stays WHEN NEW.ended_at IS NULL OR NEW.ended_at > NEW.started_at BEGIN SELECT RAISE(ABORT, 'ex_bed_stays_bed') WHERE EXISTS (SELECT 1 FROM bed_stays AS o WHERE o.bed_id = NEW.bed_id AND o.id <> NEW.id AND (o.ended_at IS NULL OR o.ended_at > o.started_at) AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) AND (o.ended_at IS NULL OR NEW.started_at < o.ended_at)); END
-- next
CREATE TRIGGER ex_bed_stays_bed_update AFTER UPDATE OF started_at, ended_at, bed_id ON bed_stays WHEN NEW.ended_at IS NULL OR NEW.ended_at > NEW.started_at BEGIN SELECT RAISE(ABORT, 'ex_bed_stays_bed') WHERE EXISTS (SELECT 1 FROM bed_stays AS o WHERE o.bed_id = NEW.bed_id AND o.id <> NEW.id AND (o.ended_at IS NULL OR o.ended_at > o.started_at) AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) AND (o.ended_at IS NULL OR NEW.started_at < o.ended_at)); END
-- next
CREATE TRIGGER ex_bed_stays_patient_insert AFTER INSERT ON bed_stays WHEN NEW.ended_at IS NULL OR NEW.ended_at > NEW.started_at BEGIN SELECT RAISE(ABORT, 'ex_bed_stays_patient') WHERE EXISTS (SELECT 1 FROM bed_stays AS o WHERE o.patient_id = NEW.patient_id AND o.id <> NEW.id AND (o.ended_at IS NULL OR o.ended_at > o.started_at) AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) AND (o.ended_at IS NULL OR NEW.started_at < o.ended_at)); END
-- next
CREATE TRIGGER ex_bed_stays_patient_update AFTER UPDATE OF started_at, ended_at, patient_id ON bed_stays WHEN NEW.ended_at IS NULL OR NEW.ended_at > NEW.started_at BEGIN SELECT RAISE(ABORT, 'ex_bed_stays_patient') WHERE EXISTS (SELECT 1 FROM bed_stays AS o WHERE o.patient_id = NEW.patient_id AND o.id <> NEW.id AND (o.ended_at IS NULL OR o.ended_at > o.started_at) AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at) AND (o.ended_at IS NULL OR NEW.started_at < o.ended_at)); END
-- next
CREATE TRIGGER tr_bed_stays_admission_insert AFTER INSERT ON bed_stays WHEN NEW.ended_at IS NULL AND (SELECT discharged_at FROM admissions WHERE id = NEW.admission_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'tr_bed_stays_admission_insert'); END
-- next
CREATE TRIGGER tr_bed_stays_admission_update AFTER UPDATE ON bed_stays WHEN NEW.ended_at IS NULL AND (SELECT discharged_at FROM admissions WHERE id = NEW.admission_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'tr_bed_stays_admission_update'); END
-- next
CREATE TRIGGER tr_admissions_open_stay AFTER UPDATE OF discharged_at ON admissions WHEN NEW.discharged_at IS NOT NULL AND EXISTS (SELECT 1 FROM bed_stays WHERE admission_id = NEW.id AND ended_at IS NULL) BEGIN SELECT RAISE(ABORT, 'tr_admissions_open_stay'); END
-- next
CREATE TRIGGER tr_events_gap BEFORE INSERT ON events WHEN NEW.revision <> (SELECT revision + 1 FROM streams WHERE id = NEW.stream_id) BEGIN SELECT RAISE(ABORT, 'tr_events_gap'); END
-- next
CREATE TRIGGER tr_events_prev BEFORE INSERT ON events WHEN NEW.prev <> (SELECT head FROM streams WHERE id = NEW.stream_id) BEGIN SELECT RAISE(ABORT, 'tr_events_prev'); END
-- next
CREATE TRIGGER tr_events_hash BEFORE INSERT ON events WHEN NEW.hash <> sha256(NEW.prev || NEW.body) BEGIN SELECT RAISE(ABORT, 'tr_events_hash'); END
-- next
CREATE TRIGGER tr_events_time BEFORE INSERT ON events WHEN NEW.time <= (SELECT last_time FROM streams WHERE id = NEW.stream_id) BEGIN SELECT RAISE(ABORT, 'tr_events_time'); END
-- next
CREATE TRIGGER tr_events_advance AFTER INSERT ON events BEGIN UPDATE streams SET revision = NEW.revision, head = NEW.hash, last_time = NEW.time WHERE id = NEW.stream_id; END
-- next
CREATE TRIGGER tr_streams_lowered BEFORE UPDATE ON streams WHEN NEW.revision < OLD.revision BEGIN SELECT RAISE(ABORT, 'tr_streams_lowered'); END
-- next
CREATE TRIGGER tr_streams_event BEFORE UPDATE ON streams WHEN (NEW.revision <> OLD.revision OR NEW.head <> OLD.head OR NEW.last_time IS NOT OLD.last_time) AND NOT EXISTS (SELECT 1 FROM events WHERE stream_id = NEW.id AND revision = NEW.revision AND hash = NEW.head AND time = NEW.last_time) BEGIN SELECT RAISE(ABORT, 'tr_streams_event'); END
-- next
CREATE TRIGGER tr_events_no_update BEFORE UPDATE ON events WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_events_no_update'); END
-- next
CREATE TRIGGER tr_events_no_delete BEFORE DELETE ON events WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_events_no_delete'); END
-- next
CREATE TRIGGER tr_event_subjects_no_update BEFORE UPDATE ON event_subjects WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_event_subjects_no_update'); END
-- next
CREATE TRIGGER tr_event_subjects_no_delete BEFORE DELETE ON event_subjects WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_event_subjects_no_delete'); END
-- next
CREATE TRIGGER tr_event_texts_no_update BEFORE UPDATE ON event_texts WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_event_texts_no_update'); END
-- next
CREATE TRIGGER tr_event_texts_no_delete BEFORE DELETE ON event_texts WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_event_texts_no_delete'); END
-- next
CREATE TRIGGER tr_bed_stays_no_delete BEFORE DELETE ON bed_stays WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_bed_stays_no_delete'); END
-- next
CREATE TRIGGER tr_admissions_no_delete BEFORE DELETE ON admissions WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_admissions_no_delete'); END
-- next
CREATE TRIGGER tr_patients_no_delete BEFORE DELETE ON patients WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_patients_no_delete'); END
-- next
CREATE TRIGGER tr_streams_no_delete BEFORE DELETE ON streams WHEN 1 BEGIN SELECT RAISE(ABORT, 'tr_streams_no_delete'); END
-- next
INSERT INTO users (id, username, created_at, updated_at) VALUES (1, 'system', '1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:00.000000Z'), (2, 'import', '1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:00.000000Z')
-- next
INSERT INTO profiles (user_id, role, status) VALUES (1, 'admin', 'active'), (2, 'admin', 'active')
-- next
INSERT INTO streams (id, kind) VALUES (1, 'house')
-- next
INSERT INTO settings (key, value) VALUES ('hospital_name', ''), ('zone', 'Africa/Kigali'), ('demo', 'no')
