"""Why a server cannot be used, told apart by what the driver says."""

from __future__ import annotations

import re
from contextlib import closing

from sqlalchemy.exc import DBAPIError

from wardbeds.domain.errors import Code, OutOfReach, Refusal, SchemaMismatch, refuse
from wardbeds.store.database import Store
from wardbeds.store.migrate import HEAD, current_revision, require_fit
from wardbeds.store.postgresql import options_for

_SIGNS = (
    (r"password authentication failed|no password supplied|28P01", "wrong_password"),
    (r"role \".*\" does not exist|28000.*role", "no_login"),
    (r"database \".*\" does not exist|3D000", "no_database"),
    (r"permission denied for database", "not_let_in"),
    (r"certificate verify failed|self.signed certificate", "tls_untrusted"),
    (r"does not match host name|certificate for .* does not match", "tls_other_name"),
    (r"root certificate file .* does not exist|could not read root certificate", "tls_no_file"),
    (r"server does not support SSL", "tls_missing"),
    (r"no pg_hba\.conf entry|pg_hba\.conf rejects", "not_let_in"),
    (r"could not translate host name|Name or service not known|nodename nor servname|No address associated|"
     r"failed to resolve host", "no_host"),
    (r"session is read-only|in hot standby mode|recovery", "no_primary"),
    (r"Connection refused|No route to host|Network is unreachable|timeout expired|timed out", "no_answer"),
)
"""In this order: of several hosts each may say something else, and what a person can mend comes first."""


def find_trouble(url: str) -> Refusal | None:
    """Connect as a station would and look at the schema; None if all is well. Never raises for what the world does."""
    import psycopg

    try:
        psycopg.connect(url, **options_for(url)).close()
    except psycopg.Error as error:
        return refuse(Code.OFF, _detail(str(error)))
    try:
        with closing(Store.open(url)) as store:
            return _schema_trouble(store)
    except OutOfReach:
        return refuse(Code.OFF, "no_answer")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            return refuse(Code.OFF, "not_let_in")
        raise


def _detail(told: str) -> str:
    return next((detail for sign, detail in _SIGNS if re.search(sign, told)), "no_connection")


def _schema_trouble(store: Store) -> Refusal | None:
    try:
        with store.reading() as connection:
            revision = current_revision(connection)
    except SchemaMismatch:
        return refuse(Code.OFF, "schema_foreign")
    if revision is None:
        return refuse(Code.OFF, "schema_empty")
    try:
        require_fit(store)
    except SchemaMismatch:
        return refuse(Code.OFF, "schema_newer" if revision > HEAD else "schema_older")
    return None
