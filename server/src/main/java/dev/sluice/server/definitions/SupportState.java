package dev.sluice.server.definitions;

/** Whether a version should still be used. */
public enum SupportState {
    /** It may be used. */
    SUPPORTED,
    /** A newer version breaks with it, and there is time left to change. */
    DEPRECATED,
    /** That time is over. */
    UNSUPPORTED
}
