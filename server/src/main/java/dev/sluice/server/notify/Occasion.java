package dev.sluice.server.notify;

import java.util.Arrays;
import java.util.Optional;

/** What people may be told of. */
public enum Occasion {
    /** A run did all it should. */
    SUCCESS("success", false),
    /** A run failed for good. */
    FAILURE("failure", true),
    /** A connection will be switched off if it goes on failing. */
    SYNC_DISABLED_WARNING("syncDisabledWarning", true),
    /** A connection was switched off because it failed too often. */
    SYNC_DISABLED("syncDisabled", true),
    /** A source has changed, and nothing has to be done. */
    CONNECTION_UPDATE("connectionUpdate", true),
    /** A source has changed, and somebody has to look at it. */
    CONNECTION_UPDATE_ACTION_REQUIRED("connectionUpdateActionRequired", true),
    /** A run has rejected more records than people want to put up with. */
    REJECTED_RECORDS("rejectedRecords", true),
    /** A run waits for others to end, because as many as may be run already. */
    CONNECTION_SYNC_QUEUED("connectionSyncQueued", false);

    private final String key;
    private final boolean mailed;

    Occasion(String key, boolean mailed) {
        this.key = key;
        this.mailed = mailed;
    }

    /** Its name in settings. */
    public String key() {
        return key;
    }

    /** True if mails are sent unless somebody says otherwise. */
    boolean isMailed() {
        return mailed;
    }

    /** The occasion of a name. */
    public static Optional<Occasion> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }
}
