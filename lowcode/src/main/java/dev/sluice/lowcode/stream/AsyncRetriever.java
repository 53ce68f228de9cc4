package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.select.Decoder;
import dev.sluice.lowcode.select.RecordSelector;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Has the service make the records of a slice ready, waits until they are, and fetches them. */
final class AsyncRetriever implements Retriever {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final int MOST_ATTEMPTS = 3;

    private final Component component;
    private final Surroundings surroundings;
    private final Requesters requesters;
    private final RecordSelector selector;
    private final Decoder statusDecoder;
    private final Decoder downloadDecoder;

    AsyncRetriever(Component component, Requesters requesters, RecordSelector selector) {
        this.component = component;
        this.surroundings = requesters.surroundings();
        this.requesters = requesters;
        this.selector = selector;
        this.statusDecoder = new Decoder(component.optional("decoder"));
        this.downloadDecoder = new Decoder(component.optional("download_decoder"));
        for (String part : List.of("status_extractor", "download_target_extractor", "download_extractor")) {
            component
                    .optional(part)
                    .filter(extractor -> !extractor.type().equals("DpathExtractor")
                            && !extractor.type().equals("ResponseToFileExtractor"))
                    .ifPresent(custom -> {
                        throw custom.unsupported();
                    });
        }
    }

    @Override
    public int lanes() {
        // One more, which fetches what is ready.
        return requesters.concurrency().jobs() + 1;
    }

    private enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        TIMED_OUT,
        SKIPPED
    }

    private record Job(StreamSlice slice, State state, Answer polled) {}

    @Override
    public Iterator<Page> read(StreamSlice slice) {
        for (int attempt = 1; ; attempt++) {
            Job job;
            try (Concurrency.Turn _ = requesters.concurrency().job()) {
                job = finished(slice);
            }
            switch (job.state()) {
                case COMPLETED -> {
                    return download(job);
                }
                case SKIPPED -> {
                    return List.<Page>of().iterator();
                }
                case RUNNING, FAILED, TIMED_OUT -> {
                    if (job.state() == State.TIMED_OUT) {
                        optionally("abort_requester", job.slice());
                    }
                    if (attempt >= MOST_ATTEMPTS) {
                        throw failed(job.state() + " after " + attempt + " attempts");
                    }
                }
            }
        }
    }

    private ProblemException failed(String why) {
        return Problem.of("E_ASYNC_JOB", ProblemKind.TRANSIENT, "the service could not make the records ready")
                .at(component.where())
                .because(why)
                .exception();
    }

    private Answer send(String field, StreamSlice slice) {
        return requesters
                .of(component.required(field), false)
                .send(Requester.Page.only(slice))
                .answer();
    }

    private void optionally(String field, StreamSlice slice) {
        if (component.has(field)) {
            send(field, slice);
        }
    }

    /** A job that is not running any more. */
    private Job finished(StreamSlice slice) {
        StreamSlice created =
                slice.withExtra("creation_response", Requester.forTemplates(send("creation_requester", slice)));
        long began = surroundings.clock().millis();
        while (true) {
            Answer polled = send("polling_requester", created);
            StreamSlice seen = created.withExtra("polling_response", Requester.forTemplates(polled));
            State state = state(polled);
            if (state != State.RUNNING) {
                return new Job(seen, state, polled);
            }
            if (surroundings.clock().millis() - began > timeout().toMillis()) {
                return new Job(seen, State.TIMED_OUT, polled);
            }
            surroundings.pause(BETWEEN_LOOKS);
        }
    }

    private Duration timeout() {
        Object minutes = component.has("polling_job_timeout")
                ? surroundings.templates().value(component.text("polling_job_timeout"), surroundings.scope())
                : (Object) 60L;
        return Duration.ofMinutes(
                Numbers.isWhole(minutes) ? Numbers.big(minutes).longValueExact() : 60);
    }

    private State state(Answer polled) {
        String word = Values.str(first("status_extractor", polled).orElse(None.NONE));
        Component mapping = component.required("status_mapping");
        if (mapping.texts("running").contains(word)) {
            return State.RUNNING;
        }
        if (mapping.texts("completed").contains(word)) {
            return State.COMPLETED;
        }
        if (mapping.texts("failed").contains(word)) {
            return State.FAILED;
        }
        if (mapping.texts("timeout").contains(word)) {
            return State.TIMED_OUT;
        }
        if (mapping.texts("skipped").contains(word)) {
            return State.SKIPPED;
        }
        throw failed("the status \"" + word + "\" is none that the manifest knows");
    }

    private List<Object> found(String extractor, Answer answer) {
        List<Object> all = new ArrayList<>();
        List<String> path = component.required(extractor).texts("field_path");
        for (Object element : statusDecoder.elements(answer)) {
            Object value = path.isEmpty()
                    ? element
                    : Dpath.hasPattern(path) ? Dpath.all(element, path) : Dpath.get(element, path, List.of());
            all.addAll(value instanceof List<?> list ? list : List.of(value));
        }
        return all;
    }

    private Optional<Object> first(String extractor, Answer answer) {
        return found(extractor, answer).stream().findFirst();
    }

    private Iterator<Page> download(Job job) {
        StreamSlice slice = job.slice();
        List<StreamSlice> targets = new ArrayList<>();
        if (component.has("download_target_extractor")) {
            Answer answer = component.has("download_target_requester")
                    ? send("download_target_requester", slice)
                    : job.polled();
            found("download_target_extractor", answer)
                    .forEach(target -> targets.add(slice.withExtra("download_target", target)));
        } else {
            targets.add(slice);
        }
        List<Page> pages = new ArrayList<>();
        for (StreamSlice target : targets) {
            Answer answer = send("download_requester", target);
            pages.add(new Page(selector.refine(raw(answer), slice, None.NONE), answer.body().length));
        }
        optionally("delete_requester", slice);
        return pages.iterator();
    }

    private List<Object> raw(Answer answer) {
        if (!component.has("download_extractor")) {
            return downloadDecoder.elements(answer);
        }
        if (component.required("download_extractor").type().equals("ResponseToFileExtractor")) {
            return Decoder.table(answer, component.required("download_extractor"));
        }
        List<Object> elements = downloadDecoder.elements(answer);
        List<String> path = component.required("download_extractor").texts("field_path");
        List<Object> raw = new ArrayList<>();
        for (Object element : elements) {
            Object value = path.isEmpty() ? element : Dpath.get(element, path, List.of());
            raw.addAll(value instanceof List<?> list ? list : List.of(value));
        }
        return raw;
    }
}
