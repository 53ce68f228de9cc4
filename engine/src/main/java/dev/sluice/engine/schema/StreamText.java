package dev.sluice.engine.schema;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stream's description as a text, for keeping it: a word and its values a line. Names stand in quotes, so they may be
 * any text. The estimate is left out, as it says nothing of the shape.
 */
public final class StreamText {
    private StreamText() {}

    /** The text of a description. */
    public static String write(CatalogStream stream) {
        StringBuilder text = new StringBuilder();
        if (stream.supportsIncremental()) {
            text.append("incremental\n");
        }
        if (stream.resumable()) {
            text.append("resumable\n");
        }
        Cursor cursor = stream.cursor();
        if (cursor.sourceDefined()) {
            text.append("own-cursor\n");
        }
        if (cursor.field() != null) {
            text.append("cursor ").append(path(cursor.field())).append('\n');
        }
        stream.primaryKey().forEach(key -> text.append("key ").append(path(key)).append('\n'));
        stream.schema()
                .fields()
                .forEach(field -> text.append("field ")
                        .append(TypeText.quoted(field.name()))
                        .append(' ')
                        .append(TypeText.write(field.type()))
                        .append('\n'));
        return text.toString();
    }

    /**
     * The description of a stream.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static CatalogStream read(StreamId id, String text) {
        Set<SyncMode> modes = EnumSet.of(SyncMode.FULL_REFRESH);
        boolean resumable = false;
        boolean ownCursor = false;
        FieldPath cursor = null;
        List<FieldPath> key = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (String line : text.lines().toList()) {
            TypeText values = new TypeText(line);
            String word = values.word();
            switch (word) {
                case "incremental" -> modes.add(SyncMode.INCREMENTAL);
                case "resumable" -> resumable = true;
                case "own-cursor" -> ownCursor = true;
                case "cursor" -> cursor = path(values);
                case "key" -> key.add(path(values));
                case "field" -> fields.add(new Field(values.string(), values.type()));
                default -> throw new IllegalArgumentException("unknown word in a stream's description: " + word);
            }
            values.end();
        }
        return new CatalogStream(
                id, new Schema(fields), modes, new Cursor(cursor, ownCursor), key, resumable, Estimate.NONE);
    }

    private static String path(FieldPath path) {
        return path.parts().stream().map(TypeText::quoted).collect(Collectors.joining(" "));
    }

    private static FieldPath path(TypeText values) {
        List<String> parts = new ArrayList<>();
        while (values.hasMore()) {
            parts.add(values.string());
        }
        return new FieldPath(parts);
    }

    /** A description in the form in which it is kept and compared. */
    public static CatalogStream normal(CatalogStream stream) {
        return new CatalogStream(
                stream.id(),
                stream.schema(),
                stream.syncModes(),
                stream.cursor(),
                stream.primaryKey(),
                stream.resumable(),
                Estimate.NONE);
    }
}
