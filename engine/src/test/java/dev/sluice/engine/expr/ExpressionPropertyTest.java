package dev.sluice.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions over random rows: the evaluation by columns gives for each row what {@link RowByRow} gives. */
class ExpressionPropertyTest {
    private static final int ROWS = 70;
    private static final Schema SCHEMA = Schema.of(
            new Field("i", new DataType.IntType(32)),
            new Field("d", new DataType.DecimalType(6, 2)),
            new Field("t", new DataType.TextType()),
            new Field("u", new DataType.TextType()));
    private static final List<String> TEXTS = List.of("", " a", "B ", "äÖ", "ab\t", "𝒳y", "zz");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void evaluatesByColumnsAsRowByRow(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<Map<String, @Nullable Object>> rows = rows(random);
            Syntax syntax = switch (random.nextInt(3)) {
                case 0 -> number(random, 4);
                case 1 -> text(random, 4);
                default -> truth(random, 4);
            };
            Expression expression = Expression.of(syntax, SCHEMA);
            Expression.Result result = expression.evaluate(columns(rows), Rows.all(ROWS));
            for (int row = 0; row < ROWS; row++) {
                check(expression, result, row, expected(syntax, rows.get(row)), syntax);
            }
        }
    }

    private static final Object NO_RESULT = new Object();

    private static @Nullable Object expected(Syntax syntax, Map<String, @Nullable Object> row) {
        try {
            return new RowByRow(row).value(syntax);
        } catch (RowByRow.NoResult none) {
            return NO_RESULT;
        }
    }

    private static void check(
            Expression expression, Expression.Result result, int row, @Nullable Object expected, Syntax syntax) {
        if (NO_RESULT.equals(expected)) {
            assertThat(result.trouble().of(row)).as("row %d of %s", row, syntax).isNotNull();
            return;
        }
        assertThat(result.trouble().of(row)).as("row %d of %s", row, syntax).isNull();
        String value = ValueText.of(expression.type(), result.values(), row).orElse(null);
        if (expected instanceof BigDecimal number) {
            assertThat(value).as("row %d of %s", row, syntax).isNotNull();
            assertThat(new BigDecimal(value)).as("row %d of %s", row, syntax).isEqualByComparingTo(number);
        } else {
            assertThat(value)
                    .as("row %d of %s", row, syntax)
                    .isEqualTo(expected == null ? null : String.valueOf(expected));
        }
    }

    private static List<Map<String, @Nullable Object>> rows(Random random) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("i", random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(-9, 10)));
            row.put("d", random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(-500, 500), 2));
            row.put("t", random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())));
            row.put("u", random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size())));
            rows.add(row);
        }
        return rows;
    }

    private static List<Column> columns(List<Map<String, @Nullable Object>> rows) {
        List<Column> columns = new ArrayList<>();
        for (Field field : SCHEMA.fields()) {
            ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
            for (Map<String, @Nullable Object> row : rows) {
                Object value = row.get(field.name());
                switch (builder) {
                    case ColumnBuilder any when value == null -> any.appendNull();
                    case IntColumn.Builder ints -> ints.append(((BigDecimal) value).intValueExact());
                    case LongColumn.Builder longs ->
                        longs.append(((BigDecimal) value).unscaledValue().longValueExact());
                    case BytesColumn.Builder bytes -> bytes.append((String) value);
                    default -> throw new IllegalStateException();
                }
            }
            columns.add(builder.build());
        }
        return columns;
    }

    private static Syntax number(Random random, int depth) {
        if (depth == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Syntax.Name("i", 0);
                case 1 -> new Syntax.Name("d", 0);
                default -> Syntax.literal(BigDecimal.valueOf(random.nextInt(-5, 6), random.nextInt(3)));
            };
        }
        return switch (random.nextInt(8)) {
            case 0 -> Syntax.call("length", text(random, depth - 1));
            case 1 -> Syntax.call("coalesce", number(random, depth - 1), number(random, depth - 1));
            case 2 -> Syntax.call("if", truth(random, depth - 1), number(random, depth - 1), number(random, depth - 1));
            // Quotients of quotients have other digits than the oracle's, so their parts are leaves.
            case 3 -> Syntax.call("/", number(random, 0), number(random, 0));
            case 4 -> Syntax.call("%", number(random, 0), number(random, 0));
            default ->
                Syntax.call(
                        List.of("+", "-", "*").get(random.nextInt(3)),
                        number(random, depth - 1),
                        number(random, depth - 1));
        };
    }

    private static Syntax text(Random random, int depth) {
        if (depth == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Syntax.Name("t", 0);
                case 1 -> new Syntax.Name("u", 0);
                default -> Syntax.literal(TEXTS.get(random.nextInt(TEXTS.size())));
            };
        }
        return switch (random.nextInt(5)) {
            case 0 -> Syntax.call("||", text(random, depth - 1), text(random, depth - 1));
            case 1 -> Syntax.call("coalesce", text(random, depth - 1), text(random, depth - 1));
            case 2 -> Syntax.call("if", truth(random, depth - 1), text(random, depth - 1), text(random, depth - 1));
            default -> Syntax.call(List.of("lower", "upper", "trim").get(random.nextInt(3)), text(random, depth - 1));
        };
    }

    private static Syntax truth(Random random, int depth) {
        if (depth == 0) {
            String sign = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
            return random.nextBoolean()
                    ? Syntax.call(sign, number(random, 0), number(random, 0))
                    : Syntax.call(sign, text(random, 0), text(random, 0));
        }
        return switch (random.nextInt(5)) {
            case 0 -> Syntax.call("not", truth(random, depth - 1));
            case 1 -> Syntax.call("is null", number(random, depth - 1));
            case 2 -> Syntax.call("<", number(random, depth - 1), number(random, depth - 1));
            case 3 -> Syntax.call("and", truth(random, depth - 1), truth(random, depth - 1));
            default -> Syntax.call("or", truth(random, depth - 1), truth(random, depth - 1));
        };
    }
}
