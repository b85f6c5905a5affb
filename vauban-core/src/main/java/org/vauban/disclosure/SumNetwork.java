package org.vauban.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sums of a table as a network, where they are one: each sum is a node, and each cell an arc between the two sums that it stands in. Tables of
 * one and two dimensions always are. A movement that keeps all sums is then a circulation: what a cell rises by has to flow back
 * from one of its sums to the other through other cells. So there is a whole-number answer whenever there is one in fractions, and
 * where there is none the narrowest place of the network says so (Ford and Fulkerson, 1956).
 *
 * <p>Cheapest flows are found by successive shortest paths, and narrowest places by augmenting along shortest ones.
 */
final class SumNetwork {
    private static final double NOTHING = 1e-9;

    private final int nodes;
    private final int[] from;
    private final int[] to;
    private final int[][] arcsAt;
    private long effort;

    private SumNetwork(int nodes, int[] from, int[] to) {
        this.nodes = nodes;
        this.from = from.clone();
        this.to = to.clone();
        List<List<Integer>> arcs = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            arcs.add(new ArrayList<>());
        }
        for (int cell = 0; cell < from.length; cell++) {
            if (from[cell] != to[cell]) {
                arcs.get(from[cell]).add(cell);
                arcs.get(to[cell]).add(cell);
            }
        }
        this.arcsAt = arcs.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** The network of these sums; nothing where a cell stands in three of them, or where signs do not agree all the way round. */
    static Optional<SumNetwork> of(Sums sums) {
        int[] sign = new int[sums.size()];
        for (int first = 0; first < sums.size(); first++) {
            if (sign[first] == 0) {
                sign[first] = 1;
                var open = new ArrayDeque<Integer>();
                open.add(first);
                while (!open.isEmpty()) {
                    int sum = open.remove();
                    for (int cell : sums.cells(sum)) {
                        if (sums.of(cell).size() > 2) {
                            return Optional.empty();
                        }
                        for (int other : sums.of(cell)) {
                            if (other != sum) {
                                int wanted = -sign[sum] * sums.sign(sum, cell) * sums.sign(other, cell);
                                if (sign[other] == 0) {
                                    sign[other] = wanted;
                                    open.add(other);
                                } else if (sign[other] != wanted) {
                                    return Optional.empty();
                                }
                            }
                        }
                    }
                }
            }
        }
        // A cell that stands in one sum only leads outside.
        int outside = sums.size();
        int[] from = new int[sums.cells()];
        int[] to = new int[sums.cells()];
        Arrays.fill(from, outside);
        Arrays.fill(to, outside);
        for (int cell = 0; cell < from.length; cell++) {
            for (int sum : sums.of(cell)) {
                if (sign[sum] * sums.sign(sum, cell) > 0) {
                    to[cell] = sum;
                } else {
                    from[cell] = sum;
                }
            }
        }
        return Optional.of(new SumNetwork(outside + 1, from, to));
    }

    /** Arcs looked at so far. */
    long effort() {
        return effort;
    }

    /** The movement that changes one cell as much as it can, by no more than {@code most}, and among those costs least. */
    long[] farthest(int target, boolean up, long most, Movements.Room room) {
        long[] movement = new long[from.length];
        if (from[target] == to[target]) {
            movement[target] = up ? most : -most;
            return movement;
        }
        int source = up ? to[target] : from[target];
        int sink = up ? from[target] : to[target];
        long moved = 0;
        int[] arrival = new int[nodes];
        while (moved < most && cheapestPath(source, sink, target, movement, room, arrival)) {
            long amount = most - moved;
            for (int node = sink; node != source; ) {
                int cell = arrival[node];
                boolean forward = to[cell] == node;
                amount = Math.min(amount, room(cell, forward, movement, room));
                node = forward ? from[cell] : to[cell];
            }
            for (int node = sink; node != source; ) {
                int cell = arrival[node];
                boolean forward = to[cell] == node;
                movement[cell] += forward ? amount : -amount;
                node = forward ? from[cell] : to[cell];
            }
            moved += amount;
        }
        movement[target] = up ? moved : -moved;
        return movement;
    }

    /** What a cell can still go, up to its own truth at most if it comes from the other side: there the price changes. */
    private static long room(int cell, boolean up, long[] movement, Movements.Room room) {
        long moved = movement[cell];
        if (up) {
            return moved < 0 ? -moved : room.up(cell) - moved;
        }
        return moved > 0 ? moved : room.down(cell) + moved;
    }

    /** The cheapest path (Bellman and Ford); {@code arrival} is the cell through which each node is reached. */
    private boolean cheapestPath(
            int source, int sink, int without, long[] movement, Movements.Room room, int[] arrival) {
        double[] price = new double[nodes];
        boolean[] waits = new boolean[nodes];
        Arrays.fill(price, Double.POSITIVE_INFINITY);
        price[source] = 0;
        var open = new ArrayDeque<Integer>();
        open.add(source);
        while (!open.isEmpty()) {
            int node = open.remove();
            waits[node] = false;
            for (int cell : arcsAt[node]) {
                effort++;
                boolean up = from[cell] == node;
                if (cell != without && room(cell, up, movement, room) > 0) {
                    int next = up ? to[cell] : from[cell];
                    boolean back = up ? movement[cell] < 0 : movement[cell] > 0;
                    double there = price[node] + (back ? -room.cost(cell) : room.cost(cell));
                    if (there < price[next] - NOTHING) {
                        price[next] = there;
                        arrival[next] = cell;
                        if (!waits[next]) {
                            waits[next] = true;
                            open.add(next);
                        }
                    }
                }
            }
        }
        return price[sink] < Double.POSITIVE_INFINITY;
    }

    /**
     * How far one cell can move where each cell is open to a share of its room, and why no further: the cells that the narrowest place goes
     * through, each with the room that it gives there.
     */
    Movements.Reach reach(int target, boolean up, long most, Movements.Room room, double[] open) {
        if (from[target] == to[target]) {
            return new Movements.Reach(most, new double[from.length]);
        }
        int source = up ? to[target] : from[target];
        int sink = up ? from[target] : to[target];
        double[] flow = new double[from.length];
        boolean[] reached = new boolean[nodes];
        int[] arrival = new int[nodes];
        double moved = 0;
        while (moved < most - NOTHING && shortestPath(source, sink, target, flow, room, open, reached, arrival)) {
            double amount = most - moved;
            for (int node = sink; node != source; ) {
                int cell = arrival[node];
                boolean forward = to[cell] == node;
                amount = Math.min(amount, left(cell, forward, flow, room, open));
                node = forward ? from[cell] : to[cell];
            }
            for (int node = sink; node != source; ) {
                int cell = arrival[node];
                boolean forward = to[cell] == node;
                flow[cell] += forward ? amount : -amount;
                node = forward ? from[cell] : to[cell];
            }
            moved += amount;
        }
        if (moved > most - NOTHING) {
            return new Movements.Reach(moved, new double[from.length]);
        }
        double[] nearSource = across(reached, target, room);
        shortestPath(sink, source, target, turned(flow), room.turned(), open, reached, arrival);
        for (int node = 0; node < nodes; node++) {
            reached[node] = !reached[node];
        }
        return new Movements.Reach(moved, nearSource, across(reached, target, room));
    }

    /** What cells let through from the nodes on this side to the others. */
    private double[] across(boolean[] here, int target, Movements.Room room) {
        double[] through = new double[from.length];
        for (int cell = 0; cell < from.length; cell++) {
            if (cell != target && here[from[cell]] != here[to[cell]]) {
                through[cell] = here[from[cell]] ? room.up(cell) : room.down(cell);
            }
        }
        return through;
    }

    /** Backwards, what could rise falls and what could fall rises. */
    private static double[] turned(double[] flow) {
        return Arrays.stream(flow).map(amount -> -amount).toArray();
    }

    private static double left(int cell, boolean up, double[] flow, Movements.Room room, double[] open) {
        return up ? room.up(cell) * open[cell] - flow[cell] : room.down(cell) * open[cell] + flow[cell];
    }

    private boolean shortestPath(
            int source,
            int sink,
            int without,
            double[] flow,
            Movements.Room room,
            double[] open,
            boolean[] reached,
            int[] arrival) {
        Arrays.fill(reached, false);
        reached[source] = true;
        var waiting = new ArrayDeque<Integer>();
        waiting.add(source);
        while (!waiting.isEmpty()) {
            int node = waiting.remove();
            for (int cell : arcsAt[node]) {
                effort++;
                boolean up = from[cell] == node;
                int next = up ? to[cell] : from[cell];
                if (cell != without && !reached[next] && left(cell, up, flow, room, open) > NOTHING) {
                    reached[next] = true;
                    arrival[next] = cell;
                    if (next == sink) {
                        return true;
                    }
                    waiting.add(next);
                }
            }
        }
        return false;
    }
}
