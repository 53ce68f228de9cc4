package dev.sluice.cdk.config;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The checked values of a configuration. Immutable. It holds secrets in the clear, so {@link #toString()} shows the
 * names only.
 */
public final class Settings {
    private final String group;
    private final Map<String, Object> values;

    Settings(String group, Map<String, Object> values) {
        this.group = group;
        this.values = Map.copyOf(values);
    }

    /**
     * The value of an option that is required or has a default.
     *
     * @throws NoSuchElementException if the option has no value, which is a mistake in the connector
     */
    public <T> T get(Option<T> option) {
        return find(option)
                .orElseThrow(() -> new NoSuchElementException("the option " + option.name() + " has no value"));
    }

    /** The value of an option, or its default, or empty. */
    public <T> Optional<T> find(Option<T> option) {
        Object value = values.get(option.name());
        return value == null
                ? Optional.ofNullable(option.fallback())
                : Optional.of(option.type().cast(value));
    }

    /** For the settings of one group out of several: which group it is. Empty for a whole configuration. */
    public String group() {
        return group;
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
