package dev.sluice.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions mean, what types they have, and what is refused before any row is read. */
class ExpressionTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("n", new DataType.IntType(32)),
            new Field("big", new DataType.IntType(64)),
            new Field("price", new DecimalType(12, 2)),
            new Field("free", DecimalType.unconstrained()),
            new Field("ratio", new DataType.FloatType(64)),
            new Field("name", new DataType.TextType()),
            new Field("none", new DataType.TextType()),
            new Field("ok", new DataType.BoolType()),
            new Field("day", new DataType.DateType()),
            new Field("at", new DataType.TimestampType(6, true)),
            new Field("fine", new DataType.TimestampType(9, false)),
            new Field("id", new DataType.UuidType()),
            new Field("doc", new DataType.JsonType()),
            new Field("two words", new DataType.TextType()));

    private static final List<String> ROW = List.of(
            "7",
            "9223372036854775807",
            "12.50",
            "0.1",
            "0.5",
            "  Zoë Ångström ",
            "null",
            "true",
            "2024-02-29",
            "2024-12-31T23:59:58.5Z",
            "2024-01-01T00:00:00.000000001",
            "00000000-0000-0000-0000-00000000000a",
            "{\"a\": 1}",
            "x y");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "1 + 2 * 3~7~int64",
                "(1 + 2) * 3~9~int64",
                "-n + 10~3~int64",
                "7 % 4 - -1~4~int64",
                "0.1 + 0.2~0.3~decimal(2,1)",
                "price * n~87.50~decimal(31,2)",
                "price * 1.19~14.8750~decimal(15,4)",
                "free * 3~0.3~decimal",
                "1 / 3~0.333333333333~decimal(31,12)",
                "divide(1, 3, 4)~0.3333~decimal(24,4)",
                "divide(2, 3, 0)~1~decimal(20,0)",
                "round(12.345, 2)~12.35~decimal(5,2)",
                "round(-12.345, 2)~-12.35~decimal(5,2)",
                "round(9.99)~10~decimal(2,0)",
                "abs(-3.5)~3.5~decimal(2,1)",
                "ratio * 3~1.5~float64",
                "ratio / 0~Infinity~float64",
                "trim(name)~Zoë Ångström~string",
                "upper(trim(name))~ZOË ÅNGSTRÖM~string",
                "lower('ABC')~abc~string",
                "length(trim(name))~12~int64",
                "substring(trim(name), 5)~Ångström~string",
                "substring(trim(name), 3, 1)~ë~string",
                "substring('abc', 0, 2)~a~string",
                "substring('abc', 9)~§§~string",
                "replace('a-b-c', '-', '')~abc~string",
                "'it''s ' || n~it's 7~string",
                "concat('a', none, 1.50)~a1.50~string",
                "'a' || none~null~string",
                "coalesce(none, 'x')~x~string",
                "coalesce(none, none)~null~string",
                "nullif(n, 7)~null~int32",
                "if(n > 5, 'many', 'few')~many~string",
                "case when n < 5 then 1 when n < 10 then 2.5 else 3 end~2.5~decimal(20,1)",
                "case when none = 'x' then 1 end~null~int64",
                "n = 7 and not (price < 12.5)~true~boolean",
                "n in (1, 7, 9)~true~boolean",
                "n not in (1, 9)~true~boolean",
                "none is null~true~boolean",
                "name is not null~true~boolean",
                "none = 'x'~null~boolean",
                "none = 'x' or ok~true~boolean",
                "none = 'x' and not ok~false~boolean",
                "price >= 12.50~true~boolean",
                "ratio = 0.5~true~boolean",
                "price > '12.499'~true~boolean",
                "n in ('7', '99999999999')~true~boolean",
                "ratio < '1e3'~true~boolean",
                "day >= '2024-01-01'~true~boolean",
                "at < '2025-01-01'~true~boolean",
                "at = '2024-12-31 23:59:58.5+00:00'~true~boolean",
                "fine > '2024-01-01'~true~boolean",
                "id = '00000000-0000-0000-0000-00000000000A'~true~boolean",
                "'b' > 'Z'~true~boolean",
                "year(day) * 100 + month(day)~202402~int64",
                "day(day)~29~int64",
                "weekday(day)~4~int64",
                "hour(at) * 3600 + minute(at) * 60 + second(at)~86398~int64",
                "cast(at as date)~2024-12-31~date",
                "cast(day as timestamp)~2024-02-29T00:00:00~timestamp(6)",
                "cast(price as integer) ~fails~int64",
                "cast(round(price) as integer)~13~int64",
                "cast(' 42 ' as integer)~42~int64",
                "cast(n as decimal(5,2))~7.00~decimal(5,2)",
                "cast(n as text) || '!'~7!~string",
                "cast(ok as integer)~1~int64",
                "cast(doc as text)~{\"a\": 1}~string",
                "cast('TRUE' as boolean)~true~boolean",
                "cast(name as integer)~fails~int64",
                "cast(free as decimal(3,0))~fails~decimal(3,0)",
                "big + 1~fails~int64",
                "1 / (n - 7)~fails~decimal(31,12)",
                "1 % (n - 7)~fails~int64",
                "if(n = 7, 0, 1 / (n - 7))~0.000000000000~decimal(31,12)",
                "n = 7 or 1 / (n - 7) > 1~true~boolean",
                "coalesce(n, 1 % (n - 7))~7~int64",
                "coalesce(none, cast(name as integer) || '')~fails~string",
                "\"two words\"~x y~string",
                "price~12.50~decimal(12,2)",
                "NULL~null~string",
            })
    void meansWhatTheGuideSays(String text, String expected, String type) {
        Expression expression = Expression.of(Syntax.parse(text), SCHEMA);

        Expression.Result result = expression.evaluate(columns(), new boolean[] {true});

        assertThat(expression.type().notation()).isEqualTo(type);
        String value = result.trouble().of(0) != null
                ? "fails"
                : ValueText.of(expression.type(), result.values(), 0).orElse("null");
        assertThat(value).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '§',
            value = {
                "nme~there is no field nme",
                "n +~the expression ends",
                "n n~`n` is not expected",
                "(n~`)` is expected",
                "'abc~is not closed",
                "n & 1~is no sign",
                "12abc~a number ends in",
                "foo(n)~there is no function `foo`",
                "lowr(name)~there is no function `lowr`",
                "n + name~takes numbers, not a string",
                "n and ok~takes a truth value",
                "n = day~are no values of one kind",
                "doc < doc~have no order",
                "day = 'yesterday'~is no date",
                "n = 'seven'~is no number",
                "cast(n as banana)~there is no type",
                "cast(ok as date)~cannot become",
                "year(n)~has no year",
                "hour(day)~has no hour",
                "substring(name)~takes 2 to 3 values, not 1",
                "round(price, 99)~a number of digits from 0 to 18",
                "round(ratio, 1)~takes exact numbers",
                "case end~needs `when`",
                "select~there is no field select",
                "and~is not expected here",
            })
    void refusesWhatHasNoMeaning(String text, String why) {
        assertThatThrownBy(() -> Expression.of(Syntax.parse(text), SCHEMA))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().message()).contains(why);
                    assertThat(failure.problem().why()).contains("at character");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not ", "- ", "if(true, ", "case when 1 then "})
    void refusesDepthInsteadOfOverflowing(String opening) {
        assertThatThrownBy(() -> Syntax.parse(opening.repeat(500) + "1"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("levels deep");
    }

    @Test
    void refusesTextsAndTreesWithoutEnd() {
        assertThatThrownBy(() -> Syntax.parse("1".repeat(20_001))).hasMessageContaining("at most 20000 characters");
        assertThatThrownBy(() -> Syntax.parse("1" + "+1".repeat(2_001))).hasMessageContaining("operations");
    }

    @Test
    void looksOnlyAtRowsThatAreAskedFor() {
        Expression expression = Expression.of(Syntax.parse("1 % (n - 7)"), SCHEMA);

        Expression.Result result = expression.evaluate(columns(), new boolean[] {false});

        assertThat(result.trouble().isEmpty()).isTrue();
        assertThat(result.values().isNull(0)).isTrue();
    }

    @Test
    void refusesToReckonWithWhatIsNoNumber() {
        Schema schema = Schema.of(new Field("x", DecimalType.unconstrained()));
        List<Column> columns = List.of(column(schema.field(0), "NaN"));

        assertThat(evaluate("x > 1", schema, columns).trouble().of(0)).contains("NaN or infinite");
        assertThat(evaluate("x is null", schema, columns).trouble().of(0)).isNull();
        assertThat(Expression.of(Syntax.parse("x"), schema).copiedField()).hasValue(0);
    }

    private static Expression.Result evaluate(String text, Schema schema, List<Column> columns) {
        return Expression.of(Syntax.parse(text), schema).evaluate(columns, new boolean[] {true});
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < SCHEMA.size(); i++) {
            columns.add(column(SCHEMA.field(i), Objects.requireNonNull(ROW.get(i))));
        }
        return columns;
    }

    private static Column column(Field field, String text) {
        ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
        if (text.equals("null")) {
            builder.appendNull();
        } else {
            TextValues.append(field.type(), text, builder);
        }
        return builder.build();
    }
}
