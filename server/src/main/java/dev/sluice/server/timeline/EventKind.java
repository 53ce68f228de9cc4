package dev.sluice.server.timeline;

import dev.sluice.server.jobs.JobKind;

/** What an event tells of. */
public enum EventKind {
    /** Somebody wanted a sync. */
    SYNC_STARTED,
    /** A sync did all it should. */
    SYNC_SUCCEEDED,
    /** A sync failed, and something of it arrived. */
    SYNC_INCOMPLETE,
    /** A sync failed, and nothing of it arrived. */
    SYNC_FAILED,
    /** A sync was stopped. */
    SYNC_CANCELLED,
    /** Somebody wanted a refresh. */
    REFRESH_STARTED,
    /** A refresh did all it should. */
    REFRESH_SUCCEEDED,
    /** A refresh failed, and something of it arrived. */
    REFRESH_INCOMPLETE,
    /** A refresh failed, and nothing of it arrived. */
    REFRESH_FAILED,
    /** A refresh was stopped. */
    REFRESH_CANCELLED,
    /** Somebody wanted a clear. */
    CLEAR_STARTED,
    /** A clear did all it should. */
    CLEAR_SUCCEEDED,
    /** A clear failed in the middle. */
    CLEAR_INCOMPLETE,
    /** A clear failed. */
    CLEAR_FAILED,
    /** A clear was stopped. */
    CLEAR_CANCELLED,
    /** Somebody wanted rejected records to be tried again. */
    REPLAY_STARTED,
    /** Rejected records were tried again. */
    REPLAY_SUCCEEDED,
    /** Rejected records were tried again, and only some arrived before it failed. */
    REPLAY_INCOMPLETE,
    /** Rejected records were tried again, and it failed. */
    REPLAY_FAILED,
    /** It was stopped while rejected records were tried again. */
    REPLAY_CANCELLED,
    /** Settings of the connection were changed. */
    CONNECTION_SETTINGS_UPDATE,
    /** The connection was switched on. */
    CONNECTION_ENABLED,
    /** The connection was switched off, by somebody or by a rule. */
    CONNECTION_DISABLED,
    /** The connection will be switched off if it goes on failing. */
    CONNECTION_WARNED,
    /** The connection was deleted. */
    CONNECTION_DELETED,
    /** The source has changed, and the connection followed. */
    SCHEMA_UPDATE,
    /** The source has changed, and somebody has to look at it. */
    SCHEMA_CHANGE_FOUND,
    /** Somebody went through changes of the source. */
    SCHEMA_CHANGE_REVIEWED,
    /** Somebody chose other streams, modes, keys or fields. */
    SCHEMA_CONFIG_UPDATE,
    /** A stream got a mapper. */
    MAPPING_CREATED,
    /** The mappers of a stream were changed. */
    MAPPING_EDITED,
    /** A stream lost its mappers. */
    MAPPING_DELETED,
    /** Somebody chose where a stream goes on. */
    STATE_EDITED;

    static EventKind started(JobKind kind) {
        return valueOf(kind.name() + "_STARTED");
    }

    static EventKind ended(JobKind kind, String how) {
        return valueOf(kind.name() + "_" + how);
    }
}
