package dev.sluice.server.auth;

/** What somebody may do in a workspace. */
public enum Access {
    /** See what is there, without secrets. */
    READ,
    /** Start and stop runs. */
    RUN,
    /** Change sources. */
    EDIT_SOURCES,
    /** Change destinations. */
    EDIT_DESTINATIONS,
    /** Change connections, tags and definitions. */
    EDIT,
    /** Change the workspace itself, and who may do what. */
    ADMIN
}
