package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.transform.Asking;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks what a stream wants to know about a record by the requester of the stream. */
final class StreamAsking implements Asking {
    private final Component requester;
    private final Requesters requesters;

    StreamAsking(Component requester, Requesters requesters) {
        this.requester = requester;
        this.requesters = requesters;
    }

    @Override
    public Optional<Object> ask(Component request, StreamSlice slice) {
        Map<Object, Object> fields = new LinkedHashMap<>(requester.values());
        fields.putAll(request.values());
        fields.values().removeIf(None.class::isInstance);
        Requester.Outcome outcome =
                requesters.of(new Component(fields, request.where()), false).send(Requester.Page.only(slice));
        return outcome.hasRecords() ? Optional.of(outcome.answer().json()) : Optional.empty();
    }

    @Override
    public boolean holds(String condition, StreamSlice slice) {
        Surroundings surroundings = requesters.surroundings();
        Scope scope = surroundings.scope(requester.parameters()).with("stream_slice", slice);
        for (Map.Entry<Object, Object> extra : slice.extra().entrySet()) {
            scope = scope.with(Values.str(extra.getKey()), extra.getValue());
        }
        return surroundings.templates().holds(condition, scope);
    }
}
