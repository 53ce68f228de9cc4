package dev.sluice.bench.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A service of HTTP on this machine that takes records in batches, and needs some time for each batch, whatever its size. */
public final class BatchService implements AutoCloseable {
    private static final byte[] TAKEN = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MARK = "\"id\":".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final long nanosOfBatch;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong records = new AtomicLong();

    /**
     * Starts it.
     *
     * @param millisOfBatch how long it takes to answer
     */
    public BatchService(int millisOfBatch) {
        this.nanosOfBatch = millisOfBatch * 1_000_000L;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException("no port is free", noPort);
        }
        server.setExecutor(threads);
        server.createContext("/records", this::take);
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How many requests it has had. */
    public long requests() {
        return requests.get();
    }

    /** How many records were in them: objects with an {@code id}. */
    public long records() {
        return records.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            long until = System.nanoTime() + nanosOfBatch;
            requests.incrementAndGet();
            records.addAndGet(count(exchange.getRequestBody().readAllBytes()));
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
        }
    }

    /** How often the mark of a record is in a body. */
    static long count(byte[] body) {
        long found = 0;
        for (int at = 0; at <= body.length - MARK.length; at++) {
            int same = 0;
            while (same < MARK.length && body[at + same] == MARK[same]) {
                same++;
            }
            found += same == MARK.length ? 1 : 0;
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
