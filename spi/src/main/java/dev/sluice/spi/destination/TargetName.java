package dev.sluice.spi.destination;

import org.jspecify.annotations.Nullable;

/**
 * The name that a stream shall have at the destination, after namespace rule and prefix, before the destination's own
 * rules for identifiers.
 *
 * @param namespace the group; null for the one that the destination's configuration names
 * @param name the name in it, not empty
 */
public record TargetName(@Nullable String namespace, String name) {
    public TargetName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a target needs a name");
        }
        if (namespace != null && namespace.isBlank()) {
            namespace = null;
        }
    }

    @Override
    public String toString() {
        return namespace == null ? name : namespace + "." + name;
    }
}
