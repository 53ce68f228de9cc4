package dev.sluice.server.alerts;

/** What can be wrong with a connection. It has at most one open alert of each kind. */
public enum AlertKind {
    /** Its last run failed for good. */
    SYNC_FAILED(Severity.ERROR),
    /** It was switched off by a rule: it failed too often, or its source has changed. */
    CONNECTION_DISABLED(Severity.ERROR),
    /** Its source has changed so that streams stand still until somebody has looked at it. */
    SCHEMA_BREAKING(Severity.ERROR),
    /** Its source has changed, and somebody is asked what to make of it; the streams go on. */
    SCHEMA_CHANGED(Severity.WARNING),
    /** Its last run did all it should, but the destination rejected records. */
    RECORDS_REJECTED(Severity.WARNING);

    private final Severity severity;

    AlertKind(Severity severity) {
        this.severity = severity;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** How bad an alert can be. */
    public enum Severity {
        /** Data does not arrive. */
        ERROR,
        /** Data arrives, but somebody should look. */
        WARNING
    }
}
