package dev.sluice.server.notify;

/** A way to people. */
public enum Channel {
    /** An address that is called, such as one of Slack. */
    WEBHOOK,
    /** A mail to the address of the workspace. */
    EMAIL
}
