"""A guarded resource, and the exchange of a Google ID token for a DRF token."""

from bench_google import claims_of
from django.contrib.auth.models import User, update_last_login
from django.urls import path
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView


class ResourceView(APIView):
    def get(self, request):
        return Response({"ok": True})


class SignInView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    def post(self, request):
        try:
            claims = claims_of(request.data["id_token"])
        except ValueError as error:
            raise AuthenticationFailed() from error
        user, _ = User.objects.get_or_create(username=claims["sub"], defaults={"email": claims["email"]})
        token, _ = Token.objects.get_or_create(user=user)
        update_last_login(None, user)
        return Response({"token": token.key, "account": {"id": user.pk, "email": user.email}})


urlpatterns = [path("resource", ResourceView.as_view()), path("auth/google", SignInView.as_view())]
