package dev.sluice.cdk.cells;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The columns that the keys of a stream's records go to. Immutable. */
public final class JsonColumns {
    /** The column for keys that were not in the sample. */
    public static final String EXTRA = "_sluice_extra";

    /** What values a column takes. */
    enum Takes {
        /** Nothing: the column is not wanted. */
        NOTHING,
        /** Strings, and numbers and truth values as they are written. */
        TEXT,
        /** Numbers or truth values only. */
        BARE,
        /** Numbers or truth values, in quotes too. */
        BARE_OR_QUOTED,
        /** Strings only. */
        QUOTED,
        /** Any value, as the bytes that stand in the file. */
        RAW,
        /** Any value; one that is no array becomes an array of one. */
        LIST
    }

    private final byte[][] names;
    private final Takes[] takes;
    private final Map<String, Integer> byName;
    private final int extra;

    /**
     * Makes the columns.
     *
     * @param fields all fields of the stream that come from keys, and the extra one if the stream has it
     * @param selected tells which are wanted
     * @param lenient the names of those whose type the user chose
     */
    public JsonColumns(List<Field> fields, Predicate<String> selected, Set<String> lenient) {
        this(fields, selected, type -> false, lenient::contains);
    }

    /**
     * The columns of records in which every value is a text, and what could stand there several times does not show it where
     * it stands there once.
     */
    public static JsonColumns ofTexts(List<Field> fields, Predicate<String> selected) {
        return new JsonColumns(fields, selected, type -> type instanceof DataType.ArrayType, name -> true);
    }

    private JsonColumns(
            List<Field> fields, Predicate<String> selected, Predicate<DataType> lists, Predicate<String> lenient) {
        names = new byte[fields.size()][];
        takes = new Takes[fields.size()];
        byName = HashMap.newHashMap(fields.size());
        int found = -1;
        for (int i = 0; i < names.length; i++) {
            Field field = fields.get(i);
            if (field.name().equals(EXTRA)) {
                found = i;
            }
            names[i] = field.name().getBytes(StandardCharsets.UTF_8);
            takes[i] = !selected.test(field.name())
                    ? Takes.NOTHING
                    : lists.test(field.type()) ? Takes.LIST : takes(field.type(), lenient.test(field.name()));
            byName.put(field.name(), i);
        }
        extra = found;
    }

    private static Takes takes(DataType type, boolean lenient) {
        return switch (type) {
            case DataType.BoolType ignored -> lenient ? Takes.BARE_OR_QUOTED : Takes.BARE;
            case DataType.IntType ignored -> lenient ? Takes.BARE_OR_QUOTED : Takes.BARE;
            case DataType.DecimalType ignored -> lenient ? Takes.BARE_OR_QUOTED : Takes.BARE;
            case DataType.FloatType ignored -> lenient ? Takes.BARE_OR_QUOTED : Takes.BARE;
            case DataType.TextType ignored -> Takes.TEXT;
            case DataType.UnknownType ignored -> Takes.TEXT;
            case DataType.BinaryType ignored -> Takes.QUOTED;
            case DataType.UuidType ignored -> Takes.QUOTED;
            case DataType.DateType ignored -> Takes.QUOTED;
            case DataType.TimeType ignored -> Takes.QUOTED;
            case DataType.TimestampType ignored -> Takes.QUOTED;
            case DataType.JsonType ignored -> Takes.RAW;
            case DataType.ArrayType ignored -> Takes.RAW;
            case DataType.ObjectType ignored -> Takes.RAW;
        };
    }

    /** The number of columns. */
    public int size() {
        return names.length;
    }

    /** The place of the column for unknown keys, or -1. */
    int extra() {
        return extra;
    }

    Takes takes(int column) {
        return takes[column];
    }

    /** True if a column's key is spelled by these bytes. */
    boolean isNamed(int column, byte[] text, int from, int to) {
        return Arrays.equals(names[column], 0, names[column].length, text, from, to);
    }

    /** The place of the column of a key, or null. A key may not pretend to be the extra column. */
    @Nullable
    Integer find(String key) {
        Integer column = byName.get(key);
        return column != null && column == extra ? null : column;
    }
}
