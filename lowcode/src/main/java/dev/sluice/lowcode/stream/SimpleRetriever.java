package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.cursor.StreamCursor;
import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.page.Paginator;
import dev.sluice.lowcode.partition.Router;
import dev.sluice.lowcode.partition.Substream;
import dev.sluice.lowcode.select.Decoder;
import dev.sluice.lowcode.select.RecordSelector;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.Moment;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * @param lazy true if the record of the parent holds the first page
     * @param restart when the pages begin anew
     * @param properties the properties that are asked for in parts
     * @param files fetches the files that records are about
     * @param lanes how many slices are read at the same time
     */
    record Rules(
            String name,
            boolean bareFurtherPages,
            boolean lazy,
            Restart restart,
            QueryProperties properties,
            Optional<FileUpload> files,
            int lanes) {}

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

    @Override
    public int lanes() {
        return rules.lanes();
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

    /** The first page of a child that its parent has told, or what the service answers. */
    private Requester.Outcome fetch(StreamSlice slice, Object token) {
        Object told = slice.extra().get(Substream.FIRST_PAGE);
        return rules.lazy() && token instanceof None && told != null
                ? new Requester.Outcome(Answer.told(told, rules.name()), false)
                : send(slice, token);
    }

    private final class Pages implements Iterator<Page> {
        private final StreamSlice whole;
        private StreamSlice slice;
        private Object token = paginator.first();
        private boolean finished;
        private boolean wasReset;
        private long seen;
        private @Nullable Moment newest;

        Pages(StreamSlice slice) {
            this.whole = slice;
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
            long bytes = 0;
            boolean goesOn = true;
            Object following = None.NONE;
            for (StreamSlice chunk : rules.properties().chunks(slice)) {
                Requester.Outcome outcome = fetch(chunk, token);
                if (outcome.reset()) {
                    restart();
                    return new Page(List.of(), 0);
                }
                if (!outcome.hasRecords()) {
                    goesOn = false;
                    continue;
                }
                bytes += outcome.answer().body().length;
                List<Object> elements = decoder.elements(outcome.answer());
                List<Object> raw = selector.extract(elements);
                List<Map<Object, Object>> records = selector.refine(raw, chunk, token);
                Object last = records.isEmpty() ? None.NONE : records.getLast();
                following = paginator.next(
                        new Paginator.Seen(outcome.answer(), elements, raw.size(), records.size(), last), token);
                goesOn &= raw.isEmpty() || !cursor.endsWith(raw.getLast(), whole);
                rules.properties().merge(kept, records);
            }
            rules.files().ifPresent(files -> kept.forEach(files::upload));
            observe(kept);
            if (goesOn && seen >= rules.restart().limit()) {
                restart();
            } else {
                turn(goesOn ? following : None.NONE);
            }
            return new Page(kept, bytes);
        }

        private void observe(List<Map<Object, Object>> records) {
            seen += records.size();
            if (rules.restart().byCursor()) {
                for (Map<Object, Object> record : records) {
                    Moment at = cursor.at(record).orElse(newest);
                    newest = newest == null || (at != null && at.compareTo(newest) > 0) ? at : newest;
                }
            }
        }

        private void turn(Object following) {
            if (following instanceof None) {
                finished = true;
            } else if (Values.equal(following, token) && !paginator.repeatsToken()) {
                throw loop();
            } else {
                token = following;
            }
        }

        /** Begins with the first page again; what was read in between has to make a difference. */
        private void restart() {
            boolean byCursor = rules.restart().byCursor();
            StreamSlice other = byCursor && newest != null ? cursor.from(whole, newest) : whole;
            boolean same = other.equals(slice);
            if (same && (byCursor || wasReset)) {
                throw Problem.of(
                                "E_PAGINATION",
                                ProblemKind.TRANSIENT,
                                "the pages would begin anew again and again with the first one")
                        .at(rules.name())
                        .because("nothing newer came since they began anew the last time")
                        .exception();
            }
            wasReset = same;
            slice = other;
            seen = 0;
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
