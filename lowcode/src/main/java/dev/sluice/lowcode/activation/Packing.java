package dev.sluice.lowcode.activation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Divides the records of a batch into requests that are as large as the system takes. Where it has another way for many records, it
 * waits until it knows whether there are so many.
 */
final class Packing {
    private final ObjectWriting writing;
    private final BiConsumer<ObjectWriting, List<Item>> shipped;
    private final List<Item> waiting = new ArrayList<>();
    private ObjectWriting by;
    private boolean decided;
    private List<Item> parcel = new ArrayList<>();
    private long size;

    /**
     * Requests.
     *
     * @param shipped takes each of them, with how it is written
     */
    Packing(ObjectWriting writing, BiConsumer<ObjectWriting, List<Item>> shipped) {
        this.writing = writing;
        this.shipped = shipped;
        this.by = writing;
        this.decided = writing.manyRecords() == Integer.MAX_VALUE;
    }

    void add(Item item) {
        if (decided) {
            pack(item);
            return;
        }
        waiting.add(item);
        if (waiting.size() >= writing.manyRecords()) {
            by = writing.large();
            decide();
        }
    }

    private void decide() {
        decided = true;
        waiting.forEach(this::pack);
        waiting.clear();
    }

    private void pack(Item given) {
        Item item = by == writing ? given : given.with(given.found(), by.rendered(given));
        int more = by.maxRecords() == 1 ? 0 : by.bytes(item.rendered());
        if (!parcel.isEmpty() && (parcel.size() == by.maxRecords() || size + more > by.maxBytes())) {
            ship();
        }
        parcel.add(item);
        size += more;
    }

    private void ship() {
        shipped.accept(by, parcel);
        parcel = new ArrayList<>();
        size = 0;
    }

    /** There are no more records. */
    void end() {
        decide();
        if (!parcel.isEmpty()) {
            ship();
        }
    }
}
