package dev.sluice.cdk.cells;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which a configuration may give a type: those of messages and plans, and the usual ones of SQL. */
public final class TypeNotation {
    /** The names, for messages. */
    public static final List<String> EXAMPLES = List.of(
            "boolean",
            "int32",
            "int64",
            "decimal(12,2)",
            "float64",
            "string",
            "binary",
            "uuid",
            "date",
            "time",
            "timestamp",
            "timestamp_with_timezone",
            "json");

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9_ ]+?)\\s*(?:\\(\\s*(\\d{1,4})\\s*(?:,\\s*(-?\\d{1,4})\\s*)?\\))?");

    private TypeNotation() {}

    /** The type of a name, or empty if there is none. */
    public static Optional<DataType> parse(String name) {
        Matcher form = FORM.matcher(name.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        String word = form.group(1);
        Optional<Integer> first = Optional.ofNullable(form.group(2)).map(Integer::valueOf);
        Optional<Integer> second = Optional.ofNullable(form.group(3)).map(Integer::valueOf);
        try {
            return of(word, first, second);
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    private static Optional<DataType> of(String word, Optional<Integer> first, Optional<Integer> second) {
        if (word.equals("decimal") || word.equals("numeric")) {
            return Optional.of(
                    first.isEmpty()
                            ? DataType.DecimalType.unconstrained()
                            : new DataType.DecimalType(first.get(), second.orElse(0)));
        }
        if (second.isPresent()) {
            return Optional.empty();
        }
        int precision = first.orElse(6);
        return switch (word) {
            case "time", "time_without_timezone" -> Optional.of(new DataType.TimeType(precision, false));
            case "time_with_timezone", "timetz" -> Optional.of(new DataType.TimeType(precision, true));
            case "timestamp", "datetime", "timestamp_without_timezone" ->
                Optional.of(new DataType.TimestampType(precision, false));
            case "timestamp_with_timezone", "timestamptz" -> Optional.of(new DataType.TimestampType(precision, true));
            default -> first.isPresent() ? Optional.empty() : plain(word);
        };
    }

    private static Optional<DataType> plain(String word) {
        return switch (word) {
            case "boolean", "bool" -> Optional.of(new DataType.BoolType());
            case "int8", "tinyint" -> Optional.of(new DataType.IntType(8));
            case "int16", "smallint" -> Optional.of(new DataType.IntType(16));
            case "int32", "int" -> Optional.of(new DataType.IntType(32));
            case "int64", "bigint", "integer" -> Optional.of(new DataType.IntType(64));
            case "float32", "real" -> Optional.of(new DataType.FloatType(32));
            case "float64", "double", "float", "number" -> Optional.of(new DataType.FloatType(64));
            case "string", "text", "varchar" -> Optional.of(new DataType.TextType());
            case "binary", "bytea", "blob" -> Optional.of(new DataType.BinaryType());
            case "uuid" -> Optional.of(new DataType.UuidType());
            case "date" -> Optional.of(new DataType.DateType());
            case "json", "jsonb" -> Optional.of(new DataType.JsonType());
            case "array" -> Optional.of(new DataType.ArrayType(new DataType.JsonType()));
            case "object" -> Optional.of(new DataType.ObjectType(List.of()));
            default -> Optional.empty();
        };
    }
}
