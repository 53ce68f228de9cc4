package dev.sluice.server.alerts;

/** How far somebody has got with an alert. */
public enum AlertState {
    /** It asks for somebody. */
    OPEN,
    /** Somebody has seen it, or wants to hear of it later. */
    SILENCED,
    /** It is right again. */
    RESOLVED
}
