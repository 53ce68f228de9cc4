package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.source.RowFilter.Comparison;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says filters in SQL where the server means exactly the same: comparisons of whole numbers, truth values, dates, points
 * in time and UUIDs, and the equality of texts. Decimals and floating point are left out for their NaN, the order of
 * texts for its collations.
 */
final class FilterSql {
    private static final String COLUMN = "%s";

    /** The years that the server reads in this form. */
    private static final Pattern USUAL_YEAR = Pattern.compile("(?!0000)\\d{4}-.*|-?infinity");

    private static final Pattern ASCII = Pattern.compile("[\\x01-\\x7f]*");

    private final Relation relation;
    private final String alias;

    FilterSql(Relation relation, String alias) {
        this.relation = relation;
        this.alias = alias;
    }

    /** The conditions that all have to hold; none if nothing of the filter can be said. */
    List<String> conditions(@Nullable RowFilter filter) {
        List<String> conditions = new ArrayList<>();
        if (filter instanceof RowFilter.All(List<RowFilter> parts)) {
            // A part that cannot be said is left to the host: then too many rows come, and never too few.
            parts.forEach(part -> conditions.addAll(conditions(part)));
        } else if (filter != null) {
            exact(filter).ifPresent(conditions::add);
        }
        return conditions;
    }

    private Optional<String> exact(RowFilter filter) {
        return switch (filter) {
            case RowFilter.Compare compare -> compare(compare);
            case RowFilter.IsNull(String field) -> Optional.of("(" + column(relation.column(field)) + " IS NULL)");
            case RowFilter.Not(RowFilter inner) -> exact(inner).map(sql -> "(NOT " + sql + ")");
            case RowFilter.Certain(RowFilter inner) -> exact(inner).map(sql -> "(" + sql + " IS TRUE)");
            case RowFilter.All(List<RowFilter> parts) -> joined(parts, " AND ");
            case RowFilter.Any(List<RowFilter> parts) -> joined(parts, " OR ");
        };
    }

    private Optional<String> joined(List<RowFilter> parts, String operator) {
        List<String> all = new ArrayList<>();
        for (RowFilter part : parts) {
            Optional<String> sql = exact(part);
            if (sql.isEmpty()) {
                return sql;
            }
            all.add(sql.get());
        }
        return Optional.of("(" + String.join(operator, all) + ")");
    }

    private Optional<String> compare(RowFilter.Compare compare) {
        Relation.Column column = relation.column(compare.field());
        DataType type = column.reading().type();
        boolean plain = column.reading().expression().equals(COLUMN);
        boolean sameKind = type.getClass() == compare.type().getClass();
        if (!plain || !sameKind) {
            return Optional.empty();
        }
        String value = compare.value();
        String left = column(column);
        return switch (type) {
            case DataType.IntType ignored -> said(left, compare, "::int8");
            case DataType.BoolType ignored -> said(left, compare, "::bool");
            case DataType.UuidType ignored -> said(left, compare, "::uuid");
            case DataType.DateType ignored when USUAL_YEAR.matcher(value).matches() -> said(left, compare, "::date");
            case DataType.TimestampType(int ignored, boolean zoned)
            when USUAL_YEAR.matcher(value).matches() -> said(left, compare, zoned ? "::timestamptz" : "::timestamp");
            case DataType.TextType ignored
            when isEquality(compare) && isText(column) && ASCII.matcher(value).matches() ->
                said(left + " COLLATE \"C\"", compare, "");
            default -> Optional.empty();
        };
    }

    private static boolean isEquality(RowFilter.Compare compare) {
        return compare.comparison() == Comparison.EQUAL || compare.comparison() == Comparison.UNEQUAL;
    }

    /** Not the padded type, nor one with rules of its own for equality. */
    private static boolean isText(Relation.Column column) {
        return column.typeName().equals("text") || column.typeName().startsWith("character varying");
    }

    private static Optional<String> said(String left, RowFilter.Compare compare, String cast) {
        String sign = switch (compare.comparison()) {
            case EQUAL -> " = ";
            case UNEQUAL -> " <> ";
            case LESS -> " < ";
            case AT_MOST -> " <= ";
            case GREATER -> " > ";
            case AT_LEAST -> " >= ";
        };
        return Optional.of("(" + left + sign + Quoting.literal(compare.value()) + cast + ")");
    }

    private String column(Relation.Column column) {
        return alias + "." + Quoting.identifier(column.name());
    }
}
