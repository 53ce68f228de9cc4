package dev.sluice.cdk.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonScannerTest {
    private final JsonScanner scanner = new JsonScanner();

    @Property(tries = 2000)
    void findsTheEndOfEveryValue(@ForAll("values") Object value) {
        byte[] text = (Json.write(value) + " ,]").getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.endOfValue(text, 0, text.length)).isEqualTo(text.length - 3);
        assertThat(scanner.isValue(text, 0, text.length - 2)).isTrue();
        assertThat(scanner.isValue(text, 0, text.length - 1)).isFalse();
    }

    /** What it would ask for is beyond any memory. */
    private static final Pattern ENDLESS_EXPONENT = Pattern.compile("[eE][-+]?0*[1-9][0-9]{9}");

    @Test
    void anExponentOfTenDigitsIsNoNumberThatAnybodyMeans() {
        assertThat(isValue("[1e999999999, 1e-0000999999999]")).isTrue();
        assertThat(isValue("[0,10e1000000000]")).isFalse();
    }

    @Property(tries = 5000)
    void agreesWithAnotherParserOnDamagedTexts(
            @ForAll("values") Object value,
            @ForAll @IntRange(max = 200) int place,
            @ForAll("oddCharacters") char with) {
        String whole = Json.write(value);
        int at = place % whole.length();
        String damaged = whole.substring(0, at) + with + whole.substring(at + 1);
        byte[] text = damaged.getBytes(StandardCharsets.UTF_8);
        Boolean other = isJson(damaged);
        Assume.that(other != null && !ENDLESS_EXPONENT.matcher(damaged).find());
        assertThat(scanner.isValue(text, 0, text.length)).as(damaged).isEqualTo(other);
    }

    @Property
    void takesNoPartOfAValueForAWholeOne(@ForAll("values") Object value) {
        String whole = "[" + Json.write(value) + "]";
        byte[] text = whole.getBytes(StandardCharsets.UTF_8);
        for (int end = 0; end < text.length; end++) {
            assertThat(scanner.isValue(text, 0, end)).isFalse();
        }
    }

    @Test
    void boundsTheDepth() {
        String deepest = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);
        assertThat(isValue(deepest)).isTrue();
        assertThat(isValue("[" + deepest + "]")).isFalse();
        assertThat(isValue("{\"a\":".repeat(100_000))).isFalse();
    }

    @Test
    void isAsStrictAsTheStandard() {
        for (String text : List.of(
                "1",
                " -0.5e+7 ",
                "1e0000000000000",
                "\"\\u00e4\\/\"",
                "{}",
                "[ ]",
                "{\"a\" : [1 , null]}",
                "\t\r\ntrue")) {
            assertThat(isValue(text)).as(text).isTrue();
        }
        for (String text : List.of(
                "",
                " ",
                "01",
                "+1",
                ".5",
                "5.",
                "1e",
                "NaN",
                "True",
                "nul",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"\n\"",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1 \"b\":2}",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "[1] x",
                "//c\n1",
                "\f1",
                "{,}")) {
            assertThat(isValue(text)).as(text).isFalse();
        }
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .withChars("\n\u0001äß\"\\")
                        .ofMaxLength(8)
                        .map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.bigDecimals().map(number -> (Object) number),
                Arbitraries.of(true, false).map(Object.class::cast));
        return Arbitraries.recursive(() -> scalar, this::nested, 0, 3);
    }

    private Arbitrary<Object> nested(Arbitrary<Object> inner) {
        Arbitrary<String> keys = Arbitraries.strings().withCharRange('a', 'e').ofMaxLength(2);
        Arbitrary<Object> pair = Combinators.combine(keys, inner).as((key, value) -> Map.of(key, value));
        return Arbitraries.oneOf(inner, inner.list().ofMaxSize(4).map(Object.class::cast), pair);
    }

    @Provide
    Arbitrary<Character> oddCharacters() {
        return Arbitraries.of('{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', 'e', '.', ' ', '\n', 'u', 'x');
    }

    private boolean isValue(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return scanner.isValue(bytes, 0, bytes.length);
    }

    /** Null where the other parser stops at a key that is there twice, and says nothing of the rest. */
    private static @Nullable Boolean isJson(String text) {
        try {
            Json.read(text);
            return true;
        } catch (IllegalArgumentException notJson) {
            boolean twice = notJson.getMessage() != null && notJson.getMessage().contains("Duplicate");
            return twice ? null : false;
        }
    }
}
