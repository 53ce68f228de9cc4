package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Sender;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a destination is asked, with what all its requests have in common: lists page by page, and requests that write. */
final class Listing {
    private final Component root;
    private final Requesters requesters;

    Listing(Component root, Requesters requesters) {
        this.root = root;
        this.requesters = requesters;
    }

    Surroundings surroundings() {
        return requesters.surroundings();
    }

    /** The component of a request with what all requests of the destination have. */
    Component requester(Component own) {
        Component whole = DestinationFormat.over(root.required("requester"), own);
        return new Component(
                Manifest.propagated(
                        whole.has("type")
                                ? whole.values()
                                : whole.with("type", "HttpRequester").values(),
                        "SimpleRetriever.requester",
                        Map.of()),
                own.where());
    }

    /** What sends requests like this one, whose component is whole. */
    Sender sender(Component whole) {
        return requesters.sender(whole);
    }

    /** What a list of the system holds, page by page. */
    List<Map<Object, Object>> read(Component retriever, Map<Object, Object> parameters) {
        Component whole = retriever.with(
                "requester",
                DestinationFormat.over(root.required("requester"), retriever.required("requester"))
                        .values());
        Map<Object, Object> stream = new LinkedHashMap<>();
        stream.put("type", "DeclarativeStream");
        stream.put("name", "metadata");
        stream.put("retriever", whole.values());
        Component definition =
                new Component(Manifest.propagated(stream, "DeclarativeSource.streams", parameters), retriever.where());
        OpenStream open =
                new StreamBuilder(requesters, surroundings().clock().instant()).open(definition, false, None.NONE);
        List<Map<Object, Object>> records = new ArrayList<>();
        open.slices()
                .forEachRemaining((StreamSlice slice) ->
                        open.pages(slice).forEachRemaining(page -> records.addAll(page.records())));
        return records;
    }
}
