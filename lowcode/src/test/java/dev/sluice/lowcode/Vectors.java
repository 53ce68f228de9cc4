package dev.sluice.lowcode;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Inputs and what the official tools gave for them, one a line. */
public final class Vectors {
    private Vectors() {}

    /** The lines of a resource beside a class. */
    public static List<Map<Object, Object>> of(Class<?> beside, String name) {
        try (InputStream lines = Objects.requireNonNull(beside.getResourceAsStream(name))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Values.mapOrEmpty(JsonValues.read(line)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
