package dev.sluice.connector.sample.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of the kinds that break things: they are there, they are legal, and what others rely on is spared. */
class AwkwardTest {
    private static final Recipe AWKWARD = new Recipe(1, 3_000, 10, true);
    private static final Recipe ORDINARY = new Recipe(1, 3_000, 10, false);

    private static Set<@Nullable String> texts(String stream, String field) {
        SampleStream found = Oracle.stream(AWKWARD, stream);
        Field selected = found.schema().field(found.schema().indexOf(field).orElseThrow());
        Set<@Nullable String> texts = new HashSet<>();
        Oracle.content(found, Schema.of(selected), 0).forEach(row -> texts.add(row.value(0)));
        return texts;
    }

    @Test
    void emptyTextsStandBesideNulls() {
        assertThat(texts("users", "name"))
                .contains(null, "", " ", "null", "NULL", "\\N", "\"", "\"\"", "'", "back\\slash", "line\nfeed");
        assertThat(texts("users", "name")).contains("e\u0301 is not \u00E9", "\uFEFFbyte order mark", "=1+1");
    }

    @Test
    void eachTypeHasItsExtremes() {
        assertThat(texts("users", "weight")).contains(null, "-32768", "32767", "0");
        assertThat(texts("users", "height")).contains(null, "9.99", "-9.99", "0.00", "0.01");
        assertThat(texts("users", "balance")).contains("999999999999.99", "-999999999999.99");
        assertThat(texts("users", "score"))
                .contains("NaN", "Infinity", "-Infinity", "-0.0", "4.9E-324", "1.7976931348623157E308");
        // A hundred products do not have room for all.
        assertThat(texts("products", "weight_kg")).containsAnyOf("NaN", "-0.0", "1.4E-45", "3.4028235E38", "Infinity");
        assertThat(texts("users", "date_of_birth")).contains(null, "0001-01-01", "9999-12-31", "2000-02-29");
        assertThat(texts("users", "last_login")).contains("9999-12-31T23:59:59.999", "0001-01-01T00:00:00");
        assertThat(texts("purchases", "returned_at")).contains("9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z");
        assertThat(texts("users", "call_time")).contains("00:00:00", "12:00:00", "24:00:00");
        assertThat(texts("users", "public_key")).contains(null, "", "00", "ff", "5c78");
        assertThat(texts("users", "external_id"))
                .contains(null, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
        assertThat(texts("users", "preferences")).contains(null, "null", "{}", "\"\"", "-0");
        assertThat(texts("users", "interests")).contains(null, "[]", "[null]", "[\"\"]");
        assertThat(texts("users", "address")).contains(null, "{}");
        assertThat(texts("users", "is_active")).containsExactlyInAnyOrder(null, "true", "false");
    }

    @Test
    void allValuesAreCanonicalAndWithoutNulCharacters() {
        for (SampleStream stream : AWKWARD.streams()) {
            for (Row row : Oracle.content(stream, 2)) {
                for (int i = 0; i < stream.schema().size(); i++) {
                    String text = row.value(i);
                    if (text != null) {
                        Field field = stream.schema().field(i);
                        assertThat(text).as(field.name()).doesNotContain("\0");
                        // Texts have no other notation, JSON is kept as it is; all others have one canonical text.
                        if (!(field.type() instanceof DataType.TextType)) {
                            assertThat(Values.canonical(field.type(), text))
                                    .as(field.name())
                                    .isEqualTo(text);
                        }
                    }
                }
            }
        }
    }

    @Test
    void keysCursorsAndReferencesAreSpared() {
        for (String name : List.of("users", "products", "purchases")) {
            SampleStream stream = Oracle.stream(AWKWARD, name);
            Schema spared = new Schema(stream.schema().fields().stream()
                    .filter(field -> Set.of("id", "user_id", "product_id", "created_at", "updated_at")
                            .contains(field.name()))
                    .toList());
            assertThat(spared.size()).isGreaterThanOrEqualTo(3);
            assertThat(Oracle.content(stream, spared, 3))
                    .as(name)
                    .isEqualTo(Oracle.content(Oracle.stream(ORDINARY, name), spared, 3));
        }
    }

    @Test
    void mostValuesStayOrdinary() {
        List<Row> awkward = Oracle.content(Oracle.stream(AWKWARD, "users"), 0);
        List<Row> ordinary = Oracle.content(Oracle.stream(ORDINARY, "users"), 0);
        int same = 0;
        int all = 0;
        for (int row = 0; row < awkward.size(); row++) {
            for (int i = 0; i < awkward.get(row).values().size(); i++) {
                same += Objects.equals(
                                awkward.get(row).value(i), ordinary.get(row).value(i))
                        ? 1
                        : 0;
                all++;
            }
        }
        assertThat((double) same / all).isBetween(0.75, 0.85);
    }
}
