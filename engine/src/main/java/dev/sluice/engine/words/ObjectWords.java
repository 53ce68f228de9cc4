package dev.sluice.engine.words;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.ObjectSettings.MappedField;
import dev.sluice.engine.connection.ObjectSettings.Nulls;
import dev.sluice.engine.connection.ObjectSettings.Origin;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.spi.catalog.FieldPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows that become objects, in words: {@code destinationObjectName} of Airbyte's public API names the object, and {@code
 * mappedFields} and {@code matchingKey}, which are ours, say what becomes of which field. Airbyte's own way is understood
 * where the mode leaves no doubt that objects are meant: selected fields, renamed by mappers, found by the primary key.
 */
final class ObjectWords {
    static final String OBJECT = "destinationObjectName";
    static final String FIELDS = "mappedFields";
    static final String KEY = "matchingKey";
    static final String DELETED = "maxDeletedPercent";

    private ObjectWords() {}

    /** What Airbyte's way goes by. */
    record Copied(@Nullable StreamMode mode, FieldSelection fields, List<FieldPath> key, List<MapperSetting> mappers) {}

    /** The objects; null if the stream is copied into a place of its own. */
    static @Nullable ObjectSettings read(Members stream, Copied copied) {
        if (stream.find(FIELDS).isPresent()) {
            return new ObjectSettings(
                    stream.text(OBJECT),
                    stream.texts(KEY),
                    stream.objects(FIELDS).stream().map(ObjectWords::field).toList(),
                    deleted(stream));
        }
        if (stream.find(KEY).isPresent()) {
            throw stream.wrong(KEY + " stands without " + FIELDS);
        }
        return copied.mode() != null && copied.mode().isActivation() ? renamed(stream, copied) : null;
    }

    private static double deleted(Members stream) {
        double percent = stream.find(DELETED)
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).doubleValue())
                .orElse(ObjectSettings.USUAL_DELETED_PERCENT);
        if (!(percent >= 0 && percent <= 100)) {
            throw stream.wrong(DELETED + " is a number from 0 to 100");
        }
        return percent;
    }

    private static MappedField field(Members field) {
        field.only(List.of("to", "field", "constant", "expression", "nulls"));
        List<Origin> origins = new ArrayList<>();
        field.findText("field").ifPresent(name -> origins.add(new Origin.SourceField(name)));
        field.find("constant").ifPresent(value -> origins.add(new Origin.Constant(constant(field, value))));
        field.findText("expression").ifPresent(text -> origins.add(new Origin.Computed(text)));
        String to = field.text("to");
        if (origins.size() != 1) {
            throw field.wrong("what comes into " + to + " is one of field, constant and expression");
        }
        Nulls nulls = field.word("nulls", List.of("clear", "keep")).equals("keep") ? Nulls.KEEP : Nulls.CLEAR;
        return new MappedField(to, origins.getFirst(), nulls);
    }

    /** Numbers are of one kind, however a text wrote them. */
    private static Object constant(Members field, Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case Number number -> new BigDecimal(number.toString());
            case String text -> text;
            default -> throw field.wrong("a constant is a text, a number, true or false");
        };
    }

    private static ObjectSettings renamed(Members stream, Copied copied) {
        if (!(copied.fields() instanceof FieldSelection.Include(List<String> names))) {
            throw stream.wrong("rows that become objects need " + FIELDS + ", or selectedFields that mappers rename");
        }
        List<MappedField> fields = new ArrayList<>();
        for (String name : names) {
            String to = renamed(name, copied.mappers());
            if (to != null) {
                fields.add(new MappedField(to, new Origin.SourceField(to), Nulls.CLEAR));
            }
        }
        List<String> key = copied.key().stream()
                .map(path -> renamed(path.column(), copied.mappers()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return new ObjectSettings(stream.text(OBJECT), key, fields);
    }

    /** What a field is called behind the mappers; null if it is removed. */
    private static @Nullable String renamed(String field, List<MapperSetting> mappers) {
        @Nullable String name = field;
        for (MapperSetting mapper : mappers) {
            name = name == null ? null : after(mapper.spec(), name);
        }
        return name;
    }

    private static @Nullable String after(MapperSpec mapper, String name) {
        return switch (mapper) {
            case MapperSpec.Rename(String from, String to) -> name.equals(from) ? to : name;
            case MapperSpec.Remove(String gone) -> name.equals(gone) ? null : name;
            case MapperSpec.Hash hash -> name.equals(hash.field()) ? name + hash.suffix() : name;
            case MapperSpec.Encrypt encrypt -> name.equals(encrypt.field()) ? name + encrypt.suffix() : name;
            case MapperSpec.Filter _, MapperSpec.Compute _, MapperSpec.Select _ -> name;
        };
    }

    /** The objects in words. */
    static Map<String, Object> words(ObjectSettings objects) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put(OBJECT, objects.object());
        if (!objects.matching().isEmpty()) {
            words.put(KEY, objects.matching());
        }
        words.put(FIELDS, objects.fields().stream().map(ObjectWords::words).toList());
        if (objects.maxDeletedPercent() != ObjectSettings.USUAL_DELETED_PERCENT) {
            words.put(DELETED, objects.maxDeletedPercent());
        }
        return words;
    }

    private static Map<String, Object> words(MappedField field) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("to", field.to());
        switch (field.from()) {
            case Origin.SourceField(String name) -> words.put("field", name);
            case Origin.Constant(Object value) -> words.put("constant", value);
            case Origin.Computed(String expression) -> words.put("expression", expression);
        }
        if (field.nulls() == Nulls.KEEP) {
            words.put("nulls", "keep");
        }
        return words;
    }
}
