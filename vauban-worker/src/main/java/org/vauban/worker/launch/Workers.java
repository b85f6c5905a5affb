package org.vauban.worker.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.vauban.worker.Worker;
import org.vauban.worker.pipe.Guard;
import org.vauban.worker.pipe.Limits;
import org.vauban.worker.pipe.Message;
import org.vauban.worker.pipe.Pipe;

/**
 * The workers of one process. Each is used once; some may wait, started and confined, so that nobody waits for them. One that waits has been told
 * nothing: what it will be asked, by whom and on which rows, comes through its pipe once it is taken.
 */
public final class Workers implements AutoCloseable {
    private static final long START_SECONDS_MAX = 60;
    private static final List<Path> WHERE_UNSHARE_IS = List.of(Path.of("/usr/bin/unshare"), Path.of("/bin/unshare"));

    private final Limits limits;
    private final String program;
    private final List<Class<?>> parts;
    private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("workers' clock").factory());
    private final Thread whenTheProgramEnds = new Thread(this::discard, "end-workers");
    private @Nullable WorkerKit kit;
    private @Nullable List<String> ownNetwork;
    private final Deque<CompletableFuture<ConfinedWorker>> ready = new ArrayDeque<>();
    private int kept;

    public Workers(Limits limits) {
        this(limits, Worker.class.getName(), List.of(Worker.class, DuckDBDriver.class), true);
    }

    /**
     * The same with another program.
     *
     * @param program its main class
     * @param parts a class of each jar or folder that it consists of
     * @param isNetworkOwn whether it gets a network of its own where the machine can give it one
     */
    Workers(Limits limits, String program, List<Class<?>> parts, boolean isNetworkOwn) {
        this.limits = limits;
        this.program = program;
        this.parts = List.copyOf(parts);
        this.ownNetwork = isNetworkOwn ? null : List.of();
        Runtime.getRuntime().addShutdownHook(whenTheProgramEnds);
    }

    /** From now on so many workers wait, started and confined; for each that is taken another one is started. For a program that stays. */
    public synchronized void keepReady(int number) {
        kept = number;
        refill();
    }

    private void refill() {
        while (ready.size() < kept) {
            ready.addLast(started());
        }
    }

    /**
     * A worker for one statement.
     *
     * @throws WorkersOffException when a wall that is needed does not stand on this machine, or no worker can be started
     */
    public ConfinedWorker take() throws WorkersOffException {
        Optional<ConfinedWorker> waiting = longestWaiting();
        return waiting.isPresent() ? waiting.get() : confined(started());
    }

    /** The one that has waited longest, unless whoever needed its memory has killed it meanwhile; another one is started in its place. */
    private Optional<ConfinedWorker> longestWaiting() {
        Optional<CompletableFuture<ConfinedWorker>> longest;
        synchronized (this) {
            longest = Optional.ofNullable(ready.pollFirst());
            refill();
        }
        return longest.flatMap(worker ->
                        worker.handle((there, _) -> Optional.ofNullable(there)).join())
                .filter(ConfinedWorker::isThere);
    }

    private static ConfinedWorker confined(CompletableFuture<ConfinedWorker> started) throws WorkersOffException {
        try {
            return started.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WorkersOffException off) {
                throw off;
            }
            throw failed;
        }
    }

    private CompletableFuture<ConfinedWorker> started() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return start();
                    } catch (IOException failed) {
                        throw new CompletionException(new WorkersOffException(List.of(), failed));
                    } catch (WorkersOffException off) {
                        throw new CompletionException(off);
                    }
                },
                starts);
    }

    private ConfinedWorker start() throws IOException, WorkersOffException {
        Process process = process();
        ScheduledFuture<?> tooLate = clock.schedule(process::destroyForcibly, START_SECONDS_MAX, TimeUnit.SECONDS);
        boolean confined = false;
        try {
            var pipe = new Pipe(process.getInputStream(), process.getOutputStream());
            Message.Ready ready = pipe.receive()
                    .map(first -> first instanceof Message.Ready told ? told : new Message.Ready(Map.of()))
                    .orElseGet(() -> new Message.Ready(Map.of()));
            List<Guard> missing = missing(ready);
            if (!missing.isEmpty()) {
                throw new WorkersOffException(missing, null);
            }
            confined = true;
            return new ConfinedWorker(process, pipe, ready, clock);
        } finally {
            tooLate.cancel(false);
            if (!confined) {
                process.destroyForcibly();
            }
        }
    }

    private static List<Guard> missing(Message.Ready ready) {
        List<Guard> missing = new ArrayList<>();
        for (Guard guard : Guard.values()) {
            if (guard.isNeeded() && !ready.holds(guard)) {
                missing.add(guard);
            }
        }
        return missing;
    }

    private Process process() throws IOException {
        List<String> command = new ArrayList<>(ownNetwork());
        WorkerKit from = kit();
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Xlog:disable",
                "-Duser.timezone=UTC",
                "-Djava.library.path=" + from.folder(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                from.jar().toString(),
                program,
                Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString()));
        command.addAll(limits.arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // It inherits no setting and no secret; and the C library takes memory from one place, where it can be limited.
        builder.environment().clear();
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "MALLOC_ARENA_MAX", "1"));
        return builder.start();
    }

    private synchronized WorkerKit kit() throws IOException {
        WorkerKit made = kit;
        if (made == null) {
            made = WorkerKit.make(parts);
            kit = made;
        }
        return made;
    }

    /** The words before the command that give it a network with nobody in it, where the machine lets its users have one. */
    private synchronized List<String> ownNetwork() {
        List<String> found = ownNetwork;
        if (found == null) {
            found = WHERE_UNSHARE_IS.stream()
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(unshare -> List.of(unshare.toString(), "--user", "--map-current-user", "--net", "--ipc", "--"))
                    .filter(Workers::works)
                    .orElse(List.of());
            ownNetwork = found;
        }
        return found;
    }

    private static boolean works(List<String> prefix) {
        List<String> nothing = new ArrayList<>(prefix);
        nothing.add("true");
        try {
            Process trial = new ProcessBuilder(nothing)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the workers that wait. Those at work belong to those who took them. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenTheProgramEnds);
        } catch (IllegalStateException ending) {
            // Then the hook is at work already.
        }
        discard();
    }

    private synchronized void discard() {
        kept = 0;
        ready.forEach(worker -> worker.thenAccept(ConfinedWorker::close));
        ready.clear();
        starts.shutdown();
        clock.shutdownNow();
        if (kit != null) {
            kit.close();
            kit = null;
        }
    }
}
