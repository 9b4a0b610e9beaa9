import { ProviderSettingsError } from '../../src/social-auth/providers/provider-definition';

/** The faults that a provider finds in its settings; none where it takes them. */
export function settingsFaults(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ProviderSettingsError) return error.faults;
    throw error;
  }
  return [];
}
