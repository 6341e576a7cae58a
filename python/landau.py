"""A model in Python, for Landau: `landau coefficient --python my_model.py`.

    import landau
    landau.serve(loss_and_grad, w0, n=1000)

or `serve_torch(model, loss, data)`, or `serve_jax(loss, params, data)`, in the last line of the file. Landau starts the file itself, asks
for losses and gradients at points of its own choice, and names the samples of each minibatch, so that runs replay. Run by hand, the file
says what it would serve. This module needs numpy alone, and the framework of the helper that is called.
"""

import inspect
import json
import mmap
import operator
import os
import struct
import sys
import traceback

try:
    import numpy as np
except ImportError:  # Plain lists of numbers then take the place of arrays.
    np = None

PROTOCOL = 1
"""Of the frames below. A frame is a length in 8 bytes and so many bytes; numbers are little-endian."""

_LOSS, _GRADIENT, _SAMPLES, _MAP = 1, 2, 3, 4
_REQUEST = struct.Struct("<IIII")  # what, points, samples of a minibatch (0: all), whether points and gradients are in the shared file
_RESPONSE = struct.Struct("<QII")  # length, status (0: numbers follow, 1: a traceback), 0


def serve(loss_and_grad, w0, n, *, vectorised=False, sample_losses=None, dtype="float64"):
    """Serves a loss (a mean over n samples) and its gradient.

    loss_and_grad(w, batch) -> (loss, gradient), where w has the form of w0 (an array, or a dict of arrays by name), and so has the gradient;
        batch is None for all samples, or an int32 array of sample numbers from 0, over which the loss is then the mean. A function of w alone is
        never asked for minibatches. w may be overwritten after the call.
    vectorised: w and gradient have one axis more in front, for points at once; so has batch where it is not None; loss is an array (points,).
    sample_losses(w, batch): the losses of single samples at one point, (len(batch),); for influences between samples.
    dtype: of the computation behind it, which bounds how exact the loss can be.
    """
    layout = _Layout(w0)
    takes_batches = _takes_batches(loss_and_grad)
    n = _count(n)
    hello = {
        "landau": PROTOCOL,
        "names": layout.names,
        "shapes": layout.shapes,
        "n": n,
        "batches": takes_batches,
        "atOnce": bool(vectorised),
        "sampleLosses": sample_losses is not None,
        "dtype": str(dtype),
        "python": sys.version.split()[0],
    }
    if "LANDAU_PIPES" not in os.environ:
        print(
            f"{sys.argv[0]}: {layout.size} parameters in {len(layout.names)} arrays, {n} samples. "
            f"This is what Landau starts: landau coefficient --python {sys.argv[0]}"
        )
        return
    reader, writer, shared = map(int, os.environ["LANDAU_PIPES"].split(","))
    text = json.dumps(hello).encode()
    text += b" " * (-len(text) % 8)
    start = layout.flat_start()
    _write(writer, [struct.pack("<QQ", 8 + len(text) + len(start), len(text)), text, start])
    call = _Call(layout, loss_and_grad, takes_batches, vectorised, sample_losses, shared)
    requests = _Requests(reader)
    while True:
        request = requests.next()
        if request is None:
            return
        try:
            parts = call.answer(request)
        except Exception as error:
            parts = None
            text = _traceback(error).encode("utf-8", "replace")
        if parts is None:
            _write(writer, [_RESPONSE.pack(8 + len(text), 1, 0), text])
        else:
            length = sum(memoryview(part).nbytes for part in parts)
            _write(writer, [_RESPONSE.pack(8 + length, 0, 0), *parts])


def serve_torch(model, loss, data, *, dtype="float64"):
    """Serves a torch module: loss(model, *data) -> a mean over samples, a scalar tensor; data: tensors whose first axis counts samples.

    Parameters that require a gradient are served under their names; the others, and buffers, stay as they are. The module is served as it stands:
    call model.eval() before if it has dropout, which makes gradients noisy. By default all floats are made float64, as a learning coefficient is
    n times a small difference of losses; dtype=None leaves them as they are.
    """
    import copy

    import torch
    from torch.func import functional_call, grad_and_value, vmap

    model = copy.deepcopy(model)
    data = tuple(torch.as_tensor(each) for each in data)
    if dtype is not None:
        kind = getattr(torch, str(dtype).replace("torch.", ""))
        model = model.to(kind)
        data = tuple(each.to(kind) if each.is_floating_point() else each for each in data)
    own = {name: each for name, each in model.named_parameters() if each.requires_grad}
    if not own:
        raise ValueError("the module has no parameter that requires a gradient")
    fixed = {name: each for name, each in model.named_parameters() if not each.requires_grad}
    fixed.update(model.named_buffers())
    kind = next(iter(own.values())).dtype
    device = next(iter(own.values())).device
    data = tuple(each.to(device) for each in data)
    names, shapes = list(own), [each.shape for each in own.values()]
    sizes = [each.numel() for each in own.values()]

    def at(flat, *batch):
        arrays = {name: piece.view(shape) for name, piece, shape in zip(names, flat.split(sizes), shapes)}
        arrays.update(fixed)
        return loss(lambda *args, **more: functional_call(model, arrays, args, more), *batch)

    def chosen(batch):
        if batch is None:
            return data
        index = torch.from_numpy(np.asarray(batch, dtype=np.int64)).to(device)
        return tuple(each[index] for each in data)

    def to_torch(w):
        return torch.from_numpy(w).to(device=device, dtype=kind)

    def to_numpy(tensor):
        return tensor.detach().to(dtype=torch.float64).cpu().numpy()

    several = {axis: vmap(grad_and_value(at), in_dims=(0,) + (axis,) * len(data), randomness="different") for axis in (None, 0)}

    def loss_and_grad(w, batch):
        if w.shape[0] > 1:
            gradient, value = several[None if batch is None else 0](to_torch(w), *chosen(batch))
            return to_numpy(value), to_numpy(gradient)
        point = to_torch(w[0]).requires_grad_()
        value = at(point, *chosen(None if batch is None else batch[0]))
        (gradient,) = torch.autograd.grad(value, point)
        return to_numpy(value).reshape(1), to_numpy(gradient)[None]

    def sample_losses(w, batch):
        point = to_torch(w)
        with torch.no_grad():
            each = vmap(lambda *one: at(point, *(part.unsqueeze(0) for part in one)), randomness="different")
            return to_numpy(each(*chosen(batch)))

    start = {name: to_numpy(each) for name, each in own.items()}
    serve(
        _flattened(loss_and_grad),
        start,
        len(data[0]),
        vectorised=True,
        sample_losses=_flattened(sample_losses),
        dtype=str(kind).replace("torch.", ""),
    )


def serve_jax(loss, params, data, *, dtype="float64"):
    """Serves a JAX function: loss(params, *data) -> a mean over samples; params: a pytree; data: arrays whose first axis counts samples.

    By default all floats are made float64; dtype=None leaves them as they are. Functions are compiled once for each size of a minibatch.
    """
    import jax

    if dtype is not None:
        jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    from jax.flatten_util import ravel_pytree

    def as_asked(each):
        each = jnp.asarray(np.asarray(each))
        return each.astype(dtype) if dtype is not None and jnp.issubdtype(each.dtype, jnp.floating) else each

    params = jax.tree_util.tree_map(as_asked, params)
    data = tuple(as_asked(each) for each in data)
    flat, unravel = ravel_pytree(params)
    kind = flat.dtype

    def at(point, *batch):
        return loss(unravel(point.astype(kind)), *batch)

    slope = jax.value_and_grad(at)
    on_all = jax.jit(lambda points: jax.vmap(lambda point: slope(point, *data))(points))
    on_one = jax.jit(lambda point: slope(point, *data))
    on_batches = jax.jit(jax.vmap(lambda point, index: slope(point, *(each[index] for each in data))))
    of_samples = jax.jit(
        lambda point, index: jax.vmap(lambda i: at(point, *(jax.lax.dynamic_slice_in_dim(each, i, 1) for each in data)))(index)
    )

    def loss_and_grad(w, batch):
        if batch is not None:
            value, gradient = on_batches(w, batch)
        elif w.shape[0] == 1:
            value, gradient = on_one(w[0])
            return np.asarray(value, dtype=np.float64).reshape(1), np.asarray(gradient, dtype=np.float64)[None]
        else:
            value, gradient = on_all(w)
        return np.asarray(value, dtype=np.float64), np.asarray(gradient, dtype=np.float64)

    def sample_losses(w, batch):
        return np.asarray(of_samples(w, batch), dtype=np.float64)

    paths = jax.tree_util.tree_flatten_with_path(params)[0]
    start = {_path_name(path): np.asarray(leaf, dtype=np.float64) for path, leaf in paths}
    serve(
        _flattened(loss_and_grad),
        start,
        len(data[0]),
        vectorised=True,
        sample_losses=_flattened(sample_losses),
        dtype=str(kind),
    )


def _path_name(path):
    keys = (getattr(part, "key", getattr(part, "idx", getattr(part, "name", part))) for part in path)
    return ".".join(str(key) for key in keys) or "w"


def _flattened(function):
    """Marks a function that takes and returns flat points, whatever the form of w0."""
    function.is_flat = True
    return function


def _count(n):
    try:
        count = operator.index(n)
    except TypeError:
        count = 0
    if count < 1:
        raise ValueError(f"n is {n!r}: needs the number of samples that the loss is a mean of")
    return count


def _traceback(error):
    """The error, and then where it arose, without the lines of this file: they say nothing of what the function does."""
    report = traceback.TracebackException.from_exception(error)
    one = report
    while one is not None:
        one.stack = traceback.StackSummary.from_list([frame for frame in one.stack if frame.filename != __file__])
        one = one.__cause__ or one.__context__
    where = "".join(report.format()) if report.stack else ""
    return "".join(report.format_exception_only()) + where


def _answer(result):
    """The loss and the gradient that a function has given."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        raise TypeError(f"the function gives {_described(result)}: needs (loss, gradient)")
    return result


def _one_number(loss):
    try:
        return float(loss)
    except (TypeError, ValueError) as error:
        raise TypeError(f"the loss is {_described(loss)}: needs one number, a mean over samples") from error


def _described(value):
    shape = getattr(value, "shape", None)
    return f"a {type(value).__name__}" + (f" of shape {tuple(shape)}" if shape is not None else "")


def _takes_batches(function):
    try:
        places = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return True
    positional = [each for each in places if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    return len(positional) >= 2 or any(each.kind == each.VAR_POSITIONAL for each in places)


def _numbers(name, array):
    """An array of w0; without numpy a list."""
    try:
        if array is None:
            raise TypeError("it is None")
        return [float(each) for each in array] if np is None else np.asarray(array, dtype="<f8")
    except (TypeError, ValueError) as error:
        needs = "a list of numbers, as numpy is not there" if np is None else "an array of real numbers"
        raise ValueError(f"{name} in w0 cannot be read ({error}): needs {needs}") from None


class _Layout:
    """Names and shapes of the arrays of w0, and how they lie in a flat point."""

    def __init__(self, w0):
        self.is_named = hasattr(w0, "items")
        arrays = dict(w0.items()) if self.is_named else {"w": w0}
        self.values = {name: _numbers(name, array) for name, array in arrays.items()}
        shapes = [(len(array),) if np is None else array.shape for array in self.values.values()]
        self.names = [str(name) for name in self.values]
        self.shapes = [list(shape) for shape in shapes]
        self.keys = list(self.values)
        self.bounds = [0]
        for shape in shapes:
            length = 1
            for side in shape:
                length *= side
            self.bounds.append(self.bounds[-1] + length)
        self.size = self.bounds[-1]
        if self.size == 0:
            raise ValueError("w0 has no entries: needs the parameters at which to start")

    def flat_start(self):
        if np is None:
            return struct.pack(f"<{self.size}d", *(each for array in self.values.values() for each in array))
        return np.concatenate([array.ravel() for array in self.values.values()]).astype("<f8").tobytes()

    def form(self, flat):
        """A flat point (or several, by rows) in the form of w0."""
        if not self.is_named:
            return flat if np is None else flat.reshape(flat.shape[:-1] + tuple(self.shapes[0]))
        pieces = {}
        for i, key in enumerate(self.keys):
            if np is None:
                pieces[key] = flat[self.bounds[i] : self.bounds[i + 1]]
            else:
                piece = flat[..., self.bounds[i] : self.bounds[i + 1]]
                pieces[key] = piece.reshape(flat.shape[:-1] + tuple(self.shapes[i]))
        return pieces

    def flatten(self, formed, points):
        """The other way: points x size, or size where points is None."""
        if np is None:
            flat = [float(each) for part in (formed[key] for key in self.keys) for each in part] if self.is_named else list(formed)
            if len(flat) != self.size:
                raise ValueError(f"the gradient has {len(flat)} entries: needs {self.size}")
            return flat
        lead = () if points is None else (points,)
        if not self.is_named:
            parts = [("w", formed)]
        elif hasattr(formed, "keys"):
            missing = [key for key in self.keys if key not in formed]
            if missing:
                raise ValueError(f"the gradient lacks {missing[0]}, an array of w0")
            parts = [(key, formed[key]) for key in self.keys]
        else:
            raise TypeError(f"the gradient is {type(formed).__name__}: needs a dict of arrays, as w0 is")
        rows = []
        for (name, part), shape in zip(parts, self.shapes):
            part = np.asarray(part, dtype="<f8")
            if part.shape != lead + tuple(shape):
                raise ValueError(f"the gradient of {name} has shape {part.shape}: needs {lead + tuple(shape)}")
            rows.append(part.reshape(lead + (-1,)))
        return rows[0] if len(rows) == 1 else np.concatenate(rows, axis=-1)


class _Call:
    """Answers requests: as buffers to be written."""

    def __init__(self, layout, loss_and_grad, takes_batches, vectorised, sample_losses, shared):
        self.layout, self.function, self.takes_batches = layout, loss_and_grad, takes_batches
        self.vectorised, self.sample_losses = vectorised, sample_losses
        self.shared, self.points, self.gradients = shared, None, None

    def answer(self, request):
        what, points, batch, is_mapped = _REQUEST.unpack_from(request)
        size = self.layout.size
        at = _REQUEST.size
        if what == _MAP:
            self.map(points)
            return [b""]
        if is_mapped:
            w = self.points[: points * size]
        else:
            w = _floats(request, at, points * size)
            at += 8 * points * size
        rows = points if what != _SAMPLES else 1
        index = _integers(request, at, rows * batch) if batch else None
        if what == _SAMPLES:
            return [self.losses_of(w, index)]
        losses, gradients = self.evaluate(w, points, index)
        if what == _LOSS:
            return [losses]
        if is_mapped:
            self.gradients[: points * size] = gradients.reshape(-1)
            return [losses]
        return [losses, gradients]

    def map(self, points):
        """Points and then gradients lie in a file that both sides see."""
        if np is None:
            raise RuntimeError("more than 10000 parameters need numpy")
        values = np.frombuffer(mmap.mmap(self.shared, 0), dtype="<f8")
        self.points, self.gradients = values[: points * self.layout.size], values[points * self.layout.size :]

    def evaluate(self, w, points, index):
        more = (index,) if self.takes_batches else ()
        if np is None:
            losses, gradients = [], []
            size = self.layout.size
            for row in range(points):
                batch = None if index is None else index[row * len(index) // points : (row + 1) * len(index) // points]
                point = self.layout.form(w[row * size : (row + 1) * size])
                loss, gradient = _answer(self.function(point, *((batch,) if self.takes_batches else ())))
                losses.append(_one_number(loss))
                gradients.extend(self.layout.flatten(gradient, None))
            return struct.pack(f"<{points}d", *losses), struct.pack(f"<{points * size}d", *gradients)
        w = w.reshape(points, -1)
        index = None if index is None else index.reshape(points, -1)
        is_flat = getattr(self.function, "is_flat", False)
        if self.vectorised:
            losses, gradients = _answer(self.function(w if is_flat else self.layout.form(w), *((index,) if more else ())))
            gradients = gradients if is_flat else self.layout.flatten(gradients, points)
        else:
            losses, gradients = np.empty(points), np.empty((points, self.layout.size))
            for row in range(points):
                batch = (None if index is None else index[row],) if more else ()
                loss, gradient = _answer(self.function(self.layout.form(w[row]), *batch))
                losses[row] = _one_number(loss)
                gradients[row] = self.layout.flatten(gradient, None)
        losses = np.ascontiguousarray(losses, dtype="<f8")
        if losses.shape != (points,):
            raise ValueError(f"the loss has shape {losses.shape}: needs {(points,)}")
        return losses, np.ascontiguousarray(gradients, dtype="<f8")

    def losses_of(self, w, index):
        is_flat = getattr(self.sample_losses, "is_flat", False)
        losses = self.sample_losses(w if is_flat else self.layout.form(w), index)
        if np is None:
            return struct.pack(f"<{len(index)}d", *losses)
        losses = np.ascontiguousarray(losses, dtype="<f8")
        if losses.shape != (len(index),):
            raise ValueError(f"sample_losses gives shape {losses.shape}: needs {(len(index),)}")
        return losses


def _floats(buffer, at, count):
    if np is None:
        return list(struct.unpack_from(f"<{count}d", buffer, at))
    return np.frombuffer(buffer, dtype="<f8", count=count, offset=at)


def _integers(buffer, at, count):
    if np is None:
        return list(struct.unpack_from(f"<{count}i", buffer, at))
    return np.frombuffer(buffer, dtype="<i4", count=count, offset=at)


class _Requests:
    """The frames that come in, each in a buffer that the next one overwrites."""

    def __init__(self, reader):
        self.reader = reader
        self.buffer = bytearray(1 << 16)

    def next(self):
        got = self.fill(0)
        if got == 0:
            return None
        while got < 8:
            more = self.fill(got)
            if more == 0:
                return None
            got += more
        (length,) = struct.unpack_from("<Q", self.buffer)
        if 8 + length > len(self.buffer):
            self.buffer = self.buffer + bytearray(8 + length - len(self.buffer))
        while got < 8 + length:
            more = self.fill(got)
            if more == 0:
                return None
            got += more
        return memoryview(self.buffer)[8 : 8 + length]

    def fill(self, start):
        return os.readv(self.reader, [memoryview(self.buffer)[start:]])


def _write(writer, parts):
    views = [memoryview(part).cast("B") if memoryview(part).nbytes else memoryview(b"") for part in parts]
    written = os.writev(writer, views)
    rest = sum(view.nbytes for view in views) - written
    if rest == 0:
        return
    tail = b"".join(views)[written:]
    while tail:
        tail = tail[os.write(writer, tail) :]
