package dev.sluice.server.definitions;

/** On which side of a connection a connector is. */
public enum ConnectorKind {
    /** It reads. */
    SOURCE,
    /** It writes. */
    DESTINATION
}
