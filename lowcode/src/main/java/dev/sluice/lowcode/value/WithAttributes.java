package dev.sluice.lowcode.value;

import org.jspecify.annotations.Nullable;

/** A value of which templates may ask attributes beside what it holds. */
public interface WithAttributes {
    /** The attribute with this name; null if it has none. */
    @Nullable
    Object attribute(String name);
}
