package dev.sluice.engine.map;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A mapper as it stands in the settings of a stream.
 *
 * @param place where it stands, such as {@code shop.yaml:17:9}; empty if nobody knows
 * @param spec what is wanted
 */
public record MapperSetting(String place, MapperSpec spec) {
    public MapperSetting {
        Objects.requireNonNull(place);
        Objects.requireNonNull(spec);
    }

    /** A mapper of which nobody knows where it stands. */
    public static MapperSetting of(MapperSpec spec) {
        return new MapperSetting("", spec);
    }

    /** The same with the references of its secrets resolved. */
    public MapperSetting resolved(UnaryOperator<String> references) {
        return new MapperSetting(place, spec.resolved(references));
    }
}
