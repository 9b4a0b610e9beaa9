"""The claims of an ID token of Google, once it is proved: as in Google's guide, or with the keys in memory."""

import os

import jwt
from google.auth.transport import requests
from google.oauth2 import id_token

CLIENT_ID = os.environ["CLIENT_ID"]
ISSUER_URL = os.environ["ISSUER_URL"]
ISSUER = "https://accounts.google.com"

keys = jwt.PyJWKClient(ISSUER_URL + "/jwks", cache_keys=True)


def claims_as_documented(token):
    """As in Google's guide, but for the address: the certificates are fetched for each token."""
    claims = id_token.verify_token(token, requests.Request(), CLIENT_ID, certs_url=ISSUER_URL + "/certs")
    if claims["iss"] != ISSUER:
        raise ValueError("Wrong issuer.")
    return claims


def claims_with_kept_keys(token):
    try:
        key = keys.get_signing_key_from_jwt(token).key
        return jwt.decode(token, key, algorithms=["RS256"], audience=CLIENT_ID, issuer=ISSUER)
    except jwt.PyJWTError as error:
        raise ValueError("Wrong token.") from error


claims_of = claims_with_kept_keys if os.environ.get("KEEP_KEYS") else claims_as_documented
