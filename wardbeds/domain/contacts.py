"""How a person is reached, and told from everybody else in the country: numbers and addresses as people write them."""

from __future__ import annotations

import re

import phonenumbers

HOME = "RW"
"""Where a phone number without a country is at home."""


def read_phone(text: str) -> str:
    """A phone number as +250788123456; empty stays empty. Raises ValueError."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException as error:
        raise ValueError(text) from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError(text)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def read_national_id(text: str) -> str:
    """The 16 digits of a national ID, however they are spaced; empty stays empty. Raises ValueError."""
    digits = re.sub(r"\s", "", text)
    if digits and not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueError(text)
    return digits


def read_email(text: str) -> str:
    """An e-mail address, as far as its form tells; empty stays empty. Raises ValueError."""
    address = text.strip()
    if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError(text)
    return address
