package dev.sluice.server.api.own;

import dev.sluice.server.api.LiveContent;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.time.Duration;

/**
 * Server-sent events. After some minutes a stream ends by itself, and clients come back with the last id: so whoever may
 * no longer look does not look on.
 */
final class EventStream {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** So often something is said, also when nothing happens: others close connections that are silent. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final LiveContent.Reader reader;
    private final long begun = System.nanoTime();
    private long last = begun;

    private EventStream(LiveContent.Reader reader) {
        this.reader = reader;
    }

    /** What happens again and again, until it says that there is nothing more to come. */
    interface Step {
        /** Sends what is new; false if nothing follows. */
        boolean next(EventStream events) throws IOException;
    }

    static LiveContent of(Step step) {
        return reader -> {
            EventStream events = new EventStream(reader);
            events.say("retry: 1000\n\n");
            while (step.next(events) && !events.isOver(LONGEST) && reader.rest(PAUSE)) {
                events.beat();
            }
        };
    }

    /**
     * Sends an event.
     *
     * @param id what a client names that comes back; empty to leave the last one
     */
    void send(String id, String type, Object data) throws IOException {
        say((id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + JsonText.write(data) + "\n\n");
    }

    private void beat() throws IOException {
        if (System.nanoTime() - last >= BEAT.toNanos()) {
            say(": \n\n");
        }
    }

    private boolean isOver(Duration duration) {
        return System.nanoTime() - begun >= duration.toNanos();
    }

    private void say(String text) throws IOException {
        reader.send(text);
        last = System.nanoTime();
    }
}
