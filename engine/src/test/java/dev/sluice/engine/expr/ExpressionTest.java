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
import org.junit.jupiter.params.provider.CsvFileSource;
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
    @CsvFileSource(resources = "meanings.csv", delimiter = '~', quoteCharacter = '§')
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
