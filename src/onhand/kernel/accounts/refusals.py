"""The refusals of accounts: users and keys."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry("USER_NOT_FOUND", "There is no user {user}.", ("user",), "Names are compared letter by letter."),
    Entry("KEY_NOT_FOUND", "There is no API key {api_key}.", ("api_key",), "The number is not one of this org."),
    Entry("KEY_EXISTS", "This API key is known already.", (), "Each key is made by chance, once. Make a new one."),
)
