package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.cursor.CountCursor;
import dev.sluice.lowcode.cursor.DatetimeCursor;
import dev.sluice.lowcode.cursor.PartitionCursor;
import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.page.Paginator;
import dev.sluice.lowcode.partition.Parent;
import dev.sluice.lowcode.partition.Router;
import dev.sluice.lowcode.select.Decoder;
import dev.sluice.lowcode.select.RecordSelector;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.transform.Asking;
import dev.sluice.lowcode.transform.Transformations;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Puts streams together from their definitions. */
public final class StreamBuilder {
    private static final int MOST_PARENTS = 20;

    private final Surroundings surroundings;
    private final Requesters requesters;
    private final Instant at;
    private final int depth;
    private final boolean alone;
    private final Optional<Set<String>> selected;

    /**
     * A builder.
     *
     * @param at when the read began, which is now for all cursors
     */
    public StreamBuilder(Requesters requesters, Instant at) {
        this(requesters, at, 0, false, Optional.empty());
    }

    private StreamBuilder(Requesters requesters, Instant at, int depth, boolean alone, Optional<Set<String>> selected) {
        this.surroundings = requesters.surroundings();
        this.requesters = requesters;
        this.at = at;
        this.depth = depth;
        this.alone = alone;
        this.selected = selected;
    }

    /** One whose streams ask for these fields only, where their manifest lets them. */
    public StreamBuilder selecting(Set<String> fields) {
        return new StreamBuilder(requesters, at, depth, alone, Optional.of(fields));
    }

    /** One for retrievers that stand alone: their answers are kept, since each slice would ask for them again. */
    private StreamBuilder alone() {
        return new StreamBuilder(requesters, at, depth, true, Optional.empty());
    }

    /**
     * A stream that goes on from a state.
     *
     * @param definition a stream of the manifest
     * @param incremental true if it is read by its cursor
     * @param given the state of the last run; none at the first one
     */
    public OpenStream open(Component definition, boolean incremental, Object given) {
        Object state = retained(definition, given);
        Component stream = Definitions.chosen(definition, state);
        Component retriever = stream.required("retriever");
        Object before = new Migrations(stream, surroundings).applied(state);
        Router router = Router.of(retriever, surroundings, this::parent, before);
        StreamCursor cursor = cursor(stream, router, before, incremental);
        boolean lazy = Values.mapOrEmpty(before).isEmpty() && isLazy(stream, retriever);
        return new OpenStream(router, cursor, retriever(stream, retriever, router, cursor, lazy));
    }

    /** The state, unless it is older than what the service keeps: then the stream begins anew. */
    private Object retained(Component definition, Object state) {
        boolean limited = definition.type().equals("StateDelegatingStream") && definition.has("api_retention_period");
        if (!limited || Values.mapOrEmpty(state).isEmpty()) {
            return state;
        }
        String period = surroundings.templates().text(definition.text("api_retention_period"), surroundings.scope());
        if (!Definitions.isTooOld(definition, state, Moment.utc(at), Iso.span(period))) {
            return state;
        }
        surroundings.log(
                definition.text("name", "") + ": the state is older than " + period + ", so the stream is read anew");
        return None.NONE;
    }

    /** True if the records of a parent hold the first pages of their children; then the first run does not ask for those. */
    private static boolean isLazy(Component stream, Component retriever) {
        List<Component> routers = retriever.has("partition_router") ? retriever.all("partition_router") : List.of();
        boolean lazy = routers.size() == 1
                && routers.getFirst().type().equals("SubstreamPartitionRouter")
                && routers.getFirst().all("parent_stream_configs").stream()
                        .anyMatch(config -> !config.list("lazy_read_pointer").isEmpty());
        if (lazy
                && stream.has("incremental_sync")
                && stream.required("incremental_sync").has("step")) {
            throw stream.required("incremental_sync")
                    .wrong("step", "cannot be combined with a `lazy_read_pointer` of the parent");
        }
        return lazy;
    }

    private Retriever retriever(
            Component stream, Component retriever, Router router, StreamCursor cursor, boolean lazy) {
        return switch (retriever.type()) {
            case "SimpleRetriever" -> simple(stream, retriever, router, cursor, lazy);
            case "TreeRetriever" ->
                new TreeRetriever(retriever, simple(stream, retriever, router, cursor, lazy), cursor);
            case "AsyncRetriever" -> new AsyncRetriever(retriever, requesters, selector(stream, retriever, cursor));
            default -> throw retriever.unsupported();
        };
    }

    private RecordSelector selector(Component stream, Component retriever, StreamCursor cursor) {
        boolean own = retriever.has("record_steps");
        Transformations transformations = new Transformations(
                (own ? retriever : stream).all(own ? "record_steps" : "transformations"),
                surroundings,
                retriever.raw("requester") instanceof Map<?, ?>
                        ? new StreamAsking(retriever.required("requester"), requesters)
                        : Asking.NONE);
        return new RecordSelector(
                retriever.required("record_selector"),
                surroundings,
                transformations,
                Definitions.inlineSchema(stream),
                cursor::wants,
                cursor.filtersHere());
    }

    private SimpleRetriever simple(
            Component stream, Component retriever, Router router, StreamCursor cursor, boolean lazy) {
        Decoder decoder = new Decoder(retriever.optional("decoder"));
        Component requester = retriever.required("requester");
        QueryProperties properties = QueryProperties.of(
                requester, () -> properties(requester), new QueryProperties.Selection(selected, surroundings));
        return new SimpleRetriever(
                requesters.of(requester, alone || depth > 0),
                selector(stream, retriever, retriever.type().equals("TreeRetriever") ? StreamCursor.NONE : cursor),
                decoder,
                new Paginator(retriever.optional("paginator"), surroundings, decoder),
                router,
                cursor,
                new SimpleRetriever.Rules(
                        stream.text("name", ""),
                        retriever.truth("ignore_stream_slicer_parameters_on_paginated_requests", false),
                        lazy,
                        Restart.of(retriever),
                        properties,
                        stream.optional("file_uploader")
                                .map(files -> new FileUpload(files, stream.text("name", ""), requesters)),
                        requesters.concurrency().lanes()));
    }

    /** The properties that a service itself tells. */
    private List<Object> properties(Component requester) {
        for (Map.Entry<Object, Object> entry :
                Values.mapOrEmpty(requester.raw("request_parameters")).entrySet()) {
            if (Values.member(entry.getValue(), "property_list") instanceof Map<?, ?> map) {
                Component source = new Component(Values.asMap(map), requester.where());
                List<Object> found = new ArrayList<>();
                records(source.required("retriever"))
                        .forEachRemaining(page -> page.forEach(record ->
                                found.add(Dpath.get(record, source.texts("property_field_path"), None.NONE))));
                return found;
            }
        }
        return List.of();
    }

    /** All records of a retriever that stands alone. */
    Iterator<List<Map<Object, Object>>> records(Component retriever) {
        Component stream =
                new Component(new LinkedHashMap<>(Map.of("retriever", retriever.values())), retriever.where());
        Router router = Router.of(retriever, surroundings, this::parent, None.NONE);
        OpenStream open = new OpenStream(
                router, StreamCursor.NONE, alone().simple(stream, retriever, router, StreamCursor.NONE, false));
        return new Flat(open);
    }

    private StreamCursor cursor(Component stream, Router router, Object state, boolean incremental) {
        Optional<Component> definition = stream.optional("incremental_sync");
        if (definition.isEmpty()) {
            return StreamCursor.NONE;
        }
        Component cursor = definition.get();
        Object before = incremental ? state : None.NONE;
        return switch (cursor.type()) {
            case "DatetimeBasedCursor" -> {
                if (router.equals(Router.NONE)) {
                    yield new DatetimeCursor(cursor, surroundings, before, at);
                }
                Component rules = router.isGlobal() ? cursor.with("global_substream_cursor", true) : cursor;
                yield new PartitionCursor(rules, surroundings, before, at, router::parentState);
            }
            case "IncrementingCountCursor" -> {
                if (!router.equals(Router.NONE)) {
                    throw cursor.wrong("type", "cannot be combined with a partition router");
                }
                yield new CountCursor(cursor, surroundings, before);
            }
            default -> throw cursor.unsupported();
        };
    }

    private Parent parent(Component definition) {
        if (depth >= MOST_PARENTS) {
            throw definition.wrong("parent_stream_configs", "is more than " + MOST_PARENTS + " levels deep");
        }
        StreamBuilder builder = new StreamBuilder(requesters, at, depth + 1, false, Optional.empty());
        // Put together once for nothing: what a parent cannot do is told before its children are read.
        builder.open(definition, false, None.NONE);
        return new ParentStream(definition, builder);
    }

    /** The records of all slices of a stream, page by page. */
    private static final class Flat implements Iterator<List<Map<Object, Object>>> {
        private final OpenStream stream;
        private final Iterator<StreamSlice> slices;
        private Iterator<Page> pages = Collections.emptyIterator();

        Flat(OpenStream stream) {
            this.stream = stream;
            this.slices = stream.slices();
        }

        @Override
        public boolean hasNext() {
            while (!pages.hasNext()) {
                if (!slices.hasNext()) {
                    return false;
                }
                pages = stream.pages(slices.next());
            }
            return true;
        }

        @Override
        public List<Map<Object, Object>> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return pages.next().records();
        }
    }
}
