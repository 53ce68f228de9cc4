package dev.sluice.spi.connector;

import dev.sluice.spi.runtime.Config;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Offers connectors to programs that speak a protocol of their own, as one command at a time. Found like a connector, with a public
 * constructor without parameters.
 */
public interface ConnectorServer {
    /** The name of the protocol, such as {@code airbyte}. */
    String protocol();

    /**
     * Carries out a command. Whatever goes wrong is said in the words of the protocol.
     *
     * @return the exit code of the process
     */
    int serve(Connector connector, Request request, Exchange exchange);

    /**
     * What is asked.
     *
     * @param command the command in the words of the protocol, such as {@code read}
     * @param config the configuration; empty where the command needs none
     * @param catalog what is to be moved; null if the command needs none
     * @param state where to begin; null if there is none
     */
    record Request(
            String command,
            Config config,
            @Nullable String catalog,
            @Nullable String state) {
        public Request {
            Objects.requireNonNull(command);
            Objects.requireNonNull(config);
        }
    }

    /**
     * How it talks.
     *
     * @param in what comes
     * @param out where messages go, and nothing else
     * @param clock the clock of the host
     */
    record Exchange(InputStream in, OutputStream out, Clock clock) {
        public Exchange {
            Objects.requireNonNull(in);
            Objects.requireNonNull(out);
            Objects.requireNonNull(clock);
        }
    }
}
