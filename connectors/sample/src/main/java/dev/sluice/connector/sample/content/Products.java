package dev.sluice.connector.sample.content;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import java.util.List;

/** What is sold. */
final class Products {
    /** How many there are at first. */
    static final int COUNT = 100;

    static final String NAME = "products";

    private static final int PRICE = "price".hashCode();
    private static final int KIND = "kind".hashCode();
    private static final WordList ADJECTIVES = WordList.combined("~ ", Vocabulary.ADJECTIVES);
    private static final WordList MADE_OF =
            WordList.combined(" made of ~, ~", Vocabulary.MATERIALS, Vocabulary.COLOURS);
    private static final WordList LOOKS = WordList.combined(
            "{\"colour\":~,\"material\":~,\"size_cm\":[", Vocabulary.COLOURS.quoted(), Vocabulary.MATERIALS.quoted());

    private Products() {}

    static List<SampleColumn> columns(History history) {
        return List.of(
                SampleColumn.needed(
                        SampleStream.KEY,
                        Types.INT32,
                        (out, draft, chunk, row) -> ((IntColumn.Builder) out).append((int) chunk.id(row))),
                SampleColumn.steady("sku", Types.TEXT, Products::sku),
                SampleColumn.steady("make", Types.TEXT, Values.of(Vocabulary.MAKES)),
                SampleColumn.steady("model", Types.TEXT, Values.of(Vocabulary.MODELS)),
                SampleColumn.steady("kind", Types.TEXT, Values.of(Vocabulary.KINDS)),
                SampleColumn.steady("year", Types.INT16, Values.ints(1998, 2024)),
                SampleColumn.changing(
                        "price", Types.decimal(10, 2), (out, draft) -> ((LongColumn.Builder) out).append(price(draft))),
                SampleColumn.steady("weight_kg", Types.FLOAT32, Values.doubles(0, 20, 64)),
                SampleColumn.changing("in_stock", Types.BOOL, Values.trueInPercent(90)),
                SampleColumn.changing("stock", Types.INT32, Values.ints(0, 5000)),
                SampleColumn.steady("ean", Types.INT64, Values.longs(4_000_000_000_000L, 4_999_999_999_999L)),
                SampleColumn.composed("description", Types.TEXT, Products::description),
                SampleColumn.steady("tags", Types.TEXTS, Values.lists(Vocabulary.ADJECTIVES, 3)),
                SampleColumn.steady("attributes", Types.JSON, Products::attributes),
                SampleColumn.changing("discontinued_on", Types.DATE, Products::discontinued),
                Moments.created(history),
                Moments.updated(history));
    }

    private static long price(Draft draft) {
        double share = draft.between(1, 10_000) / 1e4;
        return 199 + 100 * (long) (2_500 * share * share * share);
    }

    /** The price in cents that a product had at first, for those who sell it. */
    static long firstPrice(long seed, long id, Draft draft) {
        long steady = Noise.of(Noise.of(seed, NAME), id);
        return price(draft.begin(Noise.of(steady, 0L), PRICE));
    }

    private static void sku(ColumnBuilder out, Draft draft) {
        ByteSink text = draft.text();
        text.put((int) ('A' + draft.below(26)));
        text.put((int) ('A' + draft.below(26)));
        text.put('-');
        NumberText.append(text, draft.between(10_000, 99_999));
        draft.finish(out);
    }

    /** The first throw is the one of the kind, so that both fit. */
    private static void description(ColumnBuilder out, Draft draft, Chunk chunk, int row) {
        byte[] kind = draft.begin(chunk.steady(row), KIND).one(Vocabulary.KINDS);
        ByteSink text = draft.text();
        text.put(draft.one(ADJECTIVES));
        text.put(kind);
        text.put(draft.one(MADE_OF));
        draft.finish(out);
    }

    private static void attributes(ColumnBuilder out, Draft draft) {
        ByteSink text = draft.text();
        text.put(draft.one(LOOKS));
        NumberText.appendDecimal(text, draft.between(10, 1500), 1);
        text.put(',');
        NumberText.appendDecimal(text, draft.between(10, 1500), 1);
        text.put(',');
        NumberText.appendDecimal(text, draft.between(10, 1500), 1);
        text.put(']');
        text.put('}');
        draft.finish(out);
    }

    /** Most products go on. */
    private static void discontinued(ColumnBuilder out, Draft draft) {
        if (draft.oneIn(12)) {
            ((IntColumn.Builder) out).append((int) draft.between(Users.day(2024, 1, 1), Users.day(2025, 12, 31)));
        } else {
            out.appendNull();
        }
    }
}
