package dev.sluice.lowcode.imports;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A manifest that was made of something else.
 *
 * @param manifest the manifest, as YAML
 * @param notes what a person should look at, a sentence each
 * @param inputs values that were found for options of the manifest, secrets among them, for trying it out
 */
public record Imported(String manifest, List<String> notes, Map<String, String> inputs) {
    public Imported {
        Objects.requireNonNull(manifest);
        notes = List.copyOf(notes);
        inputs = Map.copyOf(inputs);
    }

    /** Without the values of the options. */
    @Override
    public String toString() {
        return "Imported[" + manifest.length() + " characters, inputs=" + inputs.keySet() + "]";
    }
}
