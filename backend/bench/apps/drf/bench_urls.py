"""A guarded resource, and the exchange of a Google ID token for a DRF token with the keys kept in memory."""

import os

import jwt
from django.contrib.auth.models import User, update_last_login
from django.urls import path
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

CLIENT_ID = os.environ["CLIENT_ID"]
keys = jwt.PyJWKClient(os.environ["ISSUER_URL"] + "/jwks", cache_keys=True)


class ResourceView(APIView):
    def get(self, request):
        return Response({"ok": True})


class SignInView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def post(self, request):
        id_token = request.data["id_token"]
        try:
            claims = jwt.decode(
                id_token,
                keys.get_signing_key_from_jwt(id_token).key,
                algorithms=["RS256"],
                audience=CLIENT_ID,
                issuer="https://accounts.google.com",
            )
        except jwt.PyJWTError as error:
            raise AuthenticationFailed() from error
        user, _ = User.objects.get_or_create(username=claims["sub"], defaults={"email": claims["email"]})
        token, _ = Token.objects.get_or_create(user=user)
        update_last_login(None, user)
        return Response({"token": token.key, "account": {"id": user.pk, "email": user.email}})


urlpatterns = [path("resource", ResourceView.as_view()), path("auth/google", SignInView.as_view())]
