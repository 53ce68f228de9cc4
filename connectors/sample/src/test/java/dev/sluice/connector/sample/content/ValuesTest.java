package dev.sluice.connector.sample.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is in the rows makes sense, and fits together. */
class ValuesTest {
    private static final Recipe RECIPE = new Recipe(3, 500, 10, false);

    /** A row whose values are asked for by name. */
    private record Named(Schema schema, Row row) {
        @Nullable
        String value(String field) {
            return row.value(schema.indexOf(field).orElseThrow());
        }

        String text(String field) {
            return row.text(schema.indexOf(field).orElseThrow());
        }
    }

    private static List<Named> rows(String stream, int version) {
        SampleStream found = Oracle.stream(RECIPE, stream);
        return Oracle.content(found, version).stream()
                .map(row -> new Named(found.schema(), row))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> jsonOfAllKindsIsJson() {
        return Stream.of(RECIPE, new Recipe(3, 500, 10, true))
                .flatMap(recipe -> recipe.streams().stream()
                        .flatMap(stream -> stream.schema().fields().stream()
                                .filter(field -> isJson(field.type()))
                                .map(field -> DynamicTest.dynamicTest(
                                        stream.name() + "." + field.name() + (recipe.awkward() ? ", awkward" : ""),
                                        () -> assertJson(stream, field)))));
    }

    private static boolean isJson(DataType type) {
        return type instanceof DataType.JsonType
                || type instanceof DataType.ArrayType
                || type instanceof DataType.ObjectType;
    }

    private static void assertJson(SampleStream stream, Field field) {
        List<Row> rows = Oracle.content(stream, Schema.of(field), 0);
        int present = 0;
        for (Row row : rows) {
            String text = row.value(0);
            if (text != null) {
                present++;
                Object value = Json.read(text);
                switch (field.type()) {
                    case DataType.ArrayType ignored -> assertThat(value).isInstanceOf(List.class);
                    case DataType.ObjectType object ->
                        assertThat((Map<?, ?>) Objects.requireNonNull(value))
                                .allSatisfy((key, inner) -> assertThat(object.fields())
                                        .extracting(Field::name)
                                        .contains(String.valueOf(key)));
                    default -> assertThat(field.type()).isInstanceOf(DataType.JsonType.class);
                }
            }
        }
        assertThat(present).isGreaterThan(rows.size() / 2);
    }

    @Test
    void usersHaveAddressesThatFitTheirNames() {
        assertThat(rows("users", 0)).hasSize(500).allSatisfy(user -> {
            String id = user.text("id");
            assertThat(user.text("email")).matches("[a-z]+\\.[a-z]+" + id + "@[a-z.]*example\\.(com|org|net)");
            char first = user.text("email").charAt(0);
            String plain = Normalizer.normalize(user.text("name"), Normalizer.Form.NFD);
            assertThat(Character.toLowerCase(plain.charAt(0))).isEqualTo(first);
            UUID uuid = UUID.fromString(user.text("external_id"));
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(new BigDecimal(user.text("height"))).isBetween(new BigDecimal("1.48"), new BigDecimal("2.04"));
        });
        assertThat(rows("users", 0)).extracting(user -> user.value("email")).doesNotHaveDuplicates();
        assertThat(rows("users", 0))
                .extracting(user -> user.value("external_id"))
                .doesNotHaveDuplicates();
        assertThat(rows("users", 0))
                .extracting(user -> user.value("telephone"))
                .contains((String) null)
                .allSatisfy(each -> assertThat(each == null || each.matches("\\+1-\\d{3}-555-01\\d\\d"))
                        .isTrue());
    }

    @Test
    void purchasesPointToUsersAndProductsAndCostWhatThoseCost() {
        Map<String, BigDecimal> prices = new HashMap<>();
        rows("products", 0).forEach(product -> prices.put(product.text("id"), new BigDecimal(product.text("price"))));
        assertThat(prices).hasSize(100);
        assertThat(prices.values()).allSatisfy(price -> assertThat(price).isPositive());
        assertThat(rows("purchases", 0)).hasSize(500).allSatisfy(purchase -> {
            assertThat(Long.parseLong(purchase.text("user_id"))).isBetween(1L, 500L);
            BigDecimal price = prices.get(purchase.text("product_id"));
            assertThat(price).isNotNull();
            assertThat(new BigDecimal(purchase.text("amount")))
                    .isEqualByComparingTo(
                            Objects.requireNonNull(price).multiply(new BigDecimal(purchase.text("quantity"))));
            Instant bought = Instant.parse(purchase.text("purchased_at"));
            assertThat(Instant.parse(purchase.text("added_to_cart_at"))).isBeforeOrEqualTo(bought);
            assertThat(Instant.parse(purchase.text("created_at"))).isEqualTo(bought);
            assertThat(LocalDate.parse(purchase.text("delivery_date")).toString())
                    .isGreaterThan(purchase.text("purchased_at").substring(0, 10));
            String returned = purchase.value("returned_at");
            assertThat(returned == null || Instant.parse(returned).isAfter(bought))
                    .isTrue();
        });
    }

    @Test
    void theCursorGrowsWithEveryVersionAndNeverLiesBeforeTheBeginningOfARow() {
        for (String stream : List.of("users", "products", "purchases")) {
            Instant highest = Instant.MIN;
            for (int version = 0; version <= 12; version++) {
                Instant before = highest;
                for (Named row : rows(stream, version)) {
                    Instant updated = Instant.parse(row.text("updated_at"));
                    assertThat(updated).isAfterOrEqualTo(Instant.parse(row.text("created_at")));
                    highest = updated.isAfter(highest) ? updated : highest;
                }
                assertThat(highest).as(stream + " " + version).isAfter(before);
            }
        }
    }

    @Test
    void anotherVersionOfARowKeepsWhatDoesNotChange() {
        Map<String, Named> first = new HashMap<>();
        rows("users", 0).forEach(user -> first.put(user.text("id"), user));
        int changed = 0;
        for (Named user : rows("users", 9)) {
            Named before = first.get(user.text("id"));
            if (before != null) {
                for (String field : List.of("name", "email", "external_id", "date_of_birth", "created_at")) {
                    assertThat(user.value(field)).as(field).isEqualTo(before.value(field));
                }
                boolean touched = !user.text("updated_at").equals(before.value("updated_at"));
                assertThat(user.equals(before)).isNotEqualTo(touched);
                changed += touched ? 1 : 0;
            }
        }
        assertThat(changed).isGreaterThan(300);
    }

    @Test
    void anotherSeedGivesOtherRowsAndAnotherCountTheSame() {
        List<Row> rows = Oracle.content(Oracle.stream(RECIPE, "purchases"), 0);
        List<Row> otherSeed = Oracle.content(Oracle.stream(new Recipe(4, 500, 10, false), "purchases"), 0);
        List<Row> fewer = Oracle.content(Oracle.stream(new Recipe(3, 50, 0, false), "purchases"), 0);
        assertThat(otherSeed).doesNotContainAnyElementsOf(rows);
        assertThat(fewer).isEqualTo(rows.subList(0, 50));
    }
}
