package dev.sluice.lowcode.partition;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Divides a stream into partitions. */
public interface Router {
    /** A stream that is not divided. */
    Router NONE = new Router() {
        @Override
        public Iterator<StreamSlice> partitions() {
            return List.of(StreamSlice.WHOLE).iterator();
        }
    };

    /** The partitions, one after the other, as they are found. */
    Iterator<StreamSlice> partitions();

    /** Puts the keys of a partition into a request. */
    default void inject(StreamSlice slice, Options options) {}

    /** The state of the parents that the partitions came from. */
    default Object parentState() {
        return Map.of();
    }

    /** True if all partitions have one state only. */
    default boolean isGlobal() {
        return false;
    }

    /**
     * The router that a retriever names; a list of several means each with each.
     *
     * @param before the state of the stream from the last run; none at the first one
     */
    static Router of(Component retriever, Surroundings surroundings, Parent.Maker parents, Object before) {
        if (!retriever.has("partition_router")) {
            return NONE;
        }
        List<Router> routers = new ArrayList<>();
        for (Component component : retriever.all("partition_router")) {
            routers.add(one(component, surroundings, parents, before));
        }
        return switch (routers.size()) {
            case 0 -> NONE;
            case 1 -> routers.getFirst();
            default -> new Product(routers);
        };
    }

    /** The router of one component. */
    static Router one(Component component, Surroundings surroundings, Parent.Maker parents, Object before) {
        return switch (component.type()) {
            case "ListPartitionRouter" -> new ListRouter(component, surroundings);
            case "SubstreamPartitionRouter" -> new Substream(component, surroundings, parents, before);
            case "GroupingPartitionRouter" ->
                new Grouping(
                        component,
                        one(component.required("underlying_partition_router"), surroundings, parents, before));
            case "UnionPartitionRouter" -> {
                List<Router> all = new ArrayList<>();
                component.all("partition_routers").forEach(inner -> all.add(one(inner, surroundings, parents, before)));
                yield new Union(component.text("partition_field"), all);
            }
            default -> ported(component, surroundings, parents, before);
        };
    }

    /** The router of a component of this engine's own. */
    private static Router ported(Component component, Surroundings surroundings, Parent.Maker parents, Object before) {
        Function<Component, Substream> substream = each -> new Substream(each, surroundings, parents, before);
        return switch (component.type()) {
            case "ConfiguredPartitionRouter" -> new Configured(component, surroundings, substream.apply(component));
            case "OptionalParentsRouter" -> new OptionalParents(component, surroundings, substream.apply(component));
            case "ParentValuesRouter" -> {
                List<Object> configs = component.list("parent_stream_configs");
                yield new ParentValues(
                        component,
                        substream.apply(component.with("parent_stream_configs", configs.subList(0, 1))),
                        substream.apply(component.with("parent_stream_configs", configs.subList(1, configs.size()))));
            }
            case "OneOfParentsRouter" ->
                new OneOfParents(
                        component,
                        surroundings,
                        config -> substream.apply(component.with("parent_stream_configs", List.of(config.values()))));
            case "ListedInParentsRouter" -> new ListedInParents(component, surroundings, parents);
            case "MemberOfParentRouter" -> new MemberOfParent(component, substream.apply(component));
            case "ChunksRouter" -> new Chunks(component, surroundings);
            default -> throw component.unsupported();
        };
    }
}
