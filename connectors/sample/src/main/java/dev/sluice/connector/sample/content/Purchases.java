package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import java.time.Duration;
import java.util.List;

/** Who bought what. Keys point to users and products of version 0, or to users that came with the same version. */
final class Purchases {
    private static final int USER = "user_id".hashCode();
    private static final int PRODUCT = "product_id".hashCode();
    private static final int QUANTITY = "quantity".hashCode();
    private static final int CART = "added_to_cart_at".hashCode();
    private static final int RETURNED = "returned_at".hashCode();
    private static final int DELIVERY = "delivery_date".hashCode();

    private static final long DAY = Moments.micros(Duration.ofDays(1));

    private Purchases() {}

    static List<SampleColumn> columns(History history, long seed) {
        return List.of(
                SampleColumn.needed(
                        SampleStream.KEY,
                        Types.INT64,
                        (out, draft, chunk, row) -> ((LongColumn.Builder) out).append(chunk.id(row))),
                SampleColumn.needed(
                        "user_id",
                        Types.INT64,
                        (out, draft, chunk, row) -> ((LongColumn.Builder) out).append(user(draft, chunk, row))),
                SampleColumn.needed(
                        "product_id",
                        Types.INT32,
                        (out, draft, chunk, row) -> ((IntColumn.Builder) out).append((int) product(draft, chunk, row))),
                SampleColumn.composed(
                        "quantity",
                        Types.INT16,
                        (out, draft, chunk, row) ->
                                ((IntColumn.Builder) out).append((int) quantity(draft, chunk, row))),
                SampleColumn.composed("amount", Types.decimal(12, 2), (out, draft, chunk, row) -> {
                    long quantity = quantity(draft, chunk, row);
                    long price = Products.firstPrice(seed, product(draft, chunk, row), draft);
                    ((LongColumn.Builder) out).append(quantity * price);
                }),
                SampleColumn.steady("currency", Types.TEXT, Values.of(Vocabulary.CURRENCIES)),
                SampleColumn.changing("status", Types.TEXT, Values.of(Vocabulary.STATES_OF_PURCHASE)),
                SampleColumn.steady("is_gift", Types.BOOL, Values.trueInPercent(8)),
                SampleColumn.steady("note", Types.TEXT, (out, draft) -> {
                    if (draft.oneIn(7)) {
                        Values.of(Vocabulary.NOTES).append(out, draft);
                    } else {
                        out.appendNull();
                    }
                }),
                SampleColumn.composed("added_to_cart_at", Moments.TYPE, (out, draft, chunk, row) -> {
                    long bought = bought(draft, chunk, row, history);
                    draft.begin(chunk.steady(row), CART);
                    ((LongColumn.Builder) out).append(bought - draft.below(3 * DAY));
                }),
                SampleColumn.composed(
                        "purchased_at",
                        Moments.TYPE,
                        (out, draft, chunk, row) ->
                                ((LongColumn.Builder) out).append(bought(draft, chunk, row, history))),
                SampleColumn.composed("returned_at", Moments.TYPE, (out, draft, chunk, row) -> {
                    long bought = bought(draft, chunk, row, history);
                    if (draft.begin(chunk.current(row), RETURNED).oneIn(12)) {
                        ((LongColumn.Builder) out).append(bought + DAY + draft.below(30 * DAY));
                    } else {
                        out.appendNull();
                    }
                }),
                SampleColumn.composed("delivery_date", Types.DATE, (out, draft, chunk, row) -> {
                    long day = bought(draft, chunk, row, history) / DAY;
                    draft.begin(chunk.steady(row), DELIVERY);
                    ((IntColumn.Builder) out).append((int) (day + draft.between(1, 14)));
                }),
                Moments.created(history),
                Moments.updated(history));
    }

    /** Those who came early have bought more. */
    private static long user(Draft draft, Chunk chunk, int row) {
        return 1 + draft.begin(chunk.steady(row), USER).below(chunk.id(row));
    }

    private static long product(Draft draft, Chunk chunk, int row) {
        return 1 + draft.begin(chunk.steady(row), PRODUCT).below(Products.COUNT);
    }

    private static long quantity(Draft draft, Chunk chunk, int row) {
        draft.begin(chunk.steady(row), QUANTITY);
        return draft.oneIn(3) ? draft.between(2, 9) : 1;
    }

    private static long bought(Draft draft, Chunk chunk, int row, History history) {
        return Moments.created(draft, chunk, row, history.birth(chunk.id(row)));
    }
}
