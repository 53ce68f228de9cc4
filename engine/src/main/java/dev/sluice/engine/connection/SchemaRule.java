package dev.sluice.engine.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens when a source describes a stream otherwise than it did when its table was last made. A change that a
 * stream cannot survive (its cursor or its key is gone, or its key is another one) stops that stream under every rule.
 */
public enum SchemaRule {
    /** Nothing is applied that can be avoided: new fields and new streams are left out, tables are not altered. */
    IGNORE,
    /** New, removed and retyped fields are applied; streams that are gone stay remembered and are told of. */
    PROPAGATE_COLUMNS,
    /** As before, and streams that are gone are let go, also those that are named. */
    PROPAGATE_FULLY,
    /** A stream that has changed in any way is stopped until somebody accepts the change. */
    PAUSE;

    /** The name in project files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The rule of a name. */
    public static Optional<SchemaRule> of(String key) {
        return Arrays.stream(values()).filter(rule -> rule.key().equals(key)).findFirst();
    }

    /** The names. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(SchemaRule::key).toList();
    }

    /** True if changes of fields are applied. */
    public boolean propagates() {
        return this == PROPAGATE_COLUMNS || this == PROPAGATE_FULLY;
    }
}
