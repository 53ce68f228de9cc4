package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.page.Paginator;
import dev.sluice.lowcode.partition.Router;
import dev.sluice.lowcode.select.Decoder;
import dev.sluice.lowcode.select.RecordSelector;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads a slice page by page. */
final class SimpleRetriever implements Retriever {
    private final Requester requester;
    private final RecordSelector selector;
    private final Decoder decoder;
    private final Paginator paginator;
    private final Router router;
    private final StreamCursor cursor;
    private final Rules rules;

    /**
     * What is special about a retriever.
     *
     * @param name the stream, for messages
     * @param bareFurtherPages true if only the first page is asked for with the options of partition and cursor
     * @param properties the properties that are asked for in parts
     */
    record Rules(String name, boolean bareFurtherPages, QueryProperties properties) {}

    SimpleRetriever(
            Requester requester,
            RecordSelector selector,
            Decoder decoder,
            Paginator paginator,
            Router router,
            StreamCursor cursor,
            Rules rules) {
        this.requester = requester;
        this.selector = selector;
        this.decoder = decoder;
        this.paginator = paginator;
        this.router = router;
        this.cursor = cursor;
        this.rules = rules;
    }

    @Override
    public Iterator<Page> read(StreamSlice slice) {
        return new Pages(slice);
    }

    private Requester.Outcome send(StreamSlice slice, Object token) {
        Options options = new Options();
        paginator.inject(token, options);
        if (!rules.bareFurtherPages() || token instanceof None) {
            Options own = new Options();
            router.inject(slice, own);
            cursor.inject(slice, own);
            options.addAll(own);
        }
        return requester.send(new Requester.Page(slice, token, paginator.address(token), options));
    }

    private final class Pages implements Iterator<Page> {
        private final StreamSlice slice;
        private Object token = paginator.first();
        private boolean finished;
        private boolean wasReset;

        Pages(StreamSlice slice) {
            this.slice = slice;
        }

        @Override
        public boolean hasNext() {
            return !finished;
        }

        @Override
        public Page next() {
            if (finished) {
                throw new NoSuchElementException();
            }
            List<Map<Object, Object>> kept = new ArrayList<>();
            List<StreamSlice> chunks = rules.properties().chunks(slice);
            boolean goesOn = true;
            Object following = None.NONE;
            for (StreamSlice chunk : chunks) {
                Requester.Outcome outcome = send(chunk, token);
                if (outcome.reset()) {
                    restart();
                    return new Page(List.of());
                }
                if (!outcome.hasRecords()) {
                    goesOn = false;
                    continue;
                }
                List<Object> elements = decoder.elements(outcome.answer());
                List<Object> raw = selector.extract(elements);
                List<Map<Object, Object>> records = selector.refine(raw, chunk, token);
                Object last = records.isEmpty() ? None.NONE : records.getLast();
                Paginator.Seen seen = new Paginator.Seen(outcome.answer(), elements, raw.size(), records.size(), last);
                following = paginator.next(seen, token);
                boolean ends = raw.stream()
                        .reduce((a, b) -> b)
                        .filter(one -> cursor.endsWith(one, slice))
                        .isPresent();
                goesOn &= !ends;
                rules.properties().merge(kept, records);
            }
            turn(goesOn ? following : None.NONE);
            return new Page(kept);
        }

        private void turn(Object following) {
            if (following instanceof None) {
                finished = true;
            } else if (Values.equal(following, token)) {
                throw loop();
            } else {
                token = following;
            }
        }

        private void restart() {
            if (wasReset) {
                throw Problem.of(
                                "E_PAGINATION",
                                ProblemKind.TRANSIENT,
                                "the service asks again and again to begin with the first page")
                        .at(rules.name())
                        .exception();
            }
            wasReset = true;
            token = paginator.first();
        }

        private ProblemException loop() {
            return Problem.of("E_PAGINATION", ProblemKind.CONFIG, "the page after a page would be the same page again")
                    .at(rules.name())
                    .because("the service gave the token of the page that it had just sent")
                    .exception();
        }
    }
}
