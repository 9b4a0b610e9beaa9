export { handleAuthRequest as GET, handleAuthRequest as POST } from '../../../../session/auth.handler';
