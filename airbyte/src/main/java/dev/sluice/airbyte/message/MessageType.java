package dev.sluice.airbyte.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of messages of the protocol. */
public enum MessageType {
    RECORD,
    STATE,
    LOG,
    SPEC,
    CONNECTION_STATUS("connectionStatus"),
    CATALOG,
    TRACE,
    CONTROL,
    DESTINATION_CATALOG;

    private final String payload;

    MessageType() {
        this.payload = name().toLowerCase(Locale.ROOT);
    }

    MessageType(String payload) {
        this.payload = payload;
    }

    /** The key that holds what the message says. */
    public String payload() {
        return payload;
    }

    /** The kind of this name; null if there is none. */
    static @Nullable MessageType of(String name) {
        for (MessageType each : values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }
}
