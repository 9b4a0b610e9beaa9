import 'server-only';
import { readFrontendSettings, type FrontendSettings } from './frontend.settings';

let settings: FrontendSettings | undefined;

/** The settings of this process, read once; throws where they cannot be used. */
export function frontendSettings(): FrontendSettings {
  settings ??= readFrontendSettings(process.env);
  return settings;
}
