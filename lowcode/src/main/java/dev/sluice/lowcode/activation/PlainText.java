package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;

/** Values as texts in paths and forms: as JSON has them, texts without their quotes. */
final class PlainText {
    private PlainText() {}

    static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case None _ -> "";
            default -> JsonValues.write(value);
        };
    }
}
