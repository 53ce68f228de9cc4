package dev.sluice.spi.destination;

import java.util.Objects;
import java.util.Set;

/**
 * That a stream writes objects of a kind which is there already, and makes no place of its own.
 *
 * @param object the kind of object, as {@link ObjectOperation#object} names it
 * @param kept the fields of which a null leaves the value that is there; in all others a null clears it
 */
public record ObjectWrite(String object, Set<String> kept) {
    public ObjectWrite {
        Objects.requireNonNull(object);
        kept = Set.copyOf(kept);
    }
}
