package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Each partition of one router with each of the others; the first one varies slowest and wins where keys clash. */
final class Product implements Router {
    private final List<Router> routers;

    Product(List<Router> routers) {
        this.routers = routers;
    }

    @Override
    public Iterator<StreamSlice> partitions() {
        List<List<StreamSlice>> inner = new ArrayList<>();
        for (Router router : routers.subList(1, routers.size())) {
            List<StreamSlice> all = new ArrayList<>();
            router.partitions().forEachRemaining(all::add);
            inner.add(all);
        }
        Iterable<StreamSlice> first = () -> routers.getFirst().partitions();
        Stream<StreamSlice> slices = StreamSupport.stream(first.spliterator(), false);
        for (List<StreamSlice> factor : inner) {
            slices = slices.flatMap(left -> factor.stream().map(right -> joined(left, right)));
        }
        return slices.iterator();
    }

    private static StreamSlice joined(StreamSlice left, StreamSlice right) {
        Map<Object, Object> partition = new LinkedHashMap<>(right.partition());
        partition.putAll(left.partition());
        Map<Object, Object> extra = new LinkedHashMap<>(right.extra());
        extra.putAll(left.extra());
        return new StreamSlice(partition, Map.of(), extra);
    }

    @Override
    public void inject(StreamSlice slice, Options options) {
        routers.forEach(router -> router.inject(slice, options));
    }
}
