"""A transformer of two layers and attention alone, trained to continue sequences that repeat, and served to Landau.

    python3 examples/python/attention.py checkpoints                                       # trains; twenty checkpoints
    npx landau coefficient --python examples/python/attention.py --along checkpoints --report along.html

A sequence is 16 tokens of a Markov chain, and the same 16 again. How often a token follows another can be learnt by one layer; that what came before
comes again needs two, which meet at a certain step of the training ("induction heads"): the loss of the second half falls.
"""

import os
import sys

import numpy
import torch

TOKENS, HALF, WIDTH, HEADS, LAYERS = 32, 16, 104, 4, 2
SEQUENCES, FIRST, STEPS, CHECKPOINTS, BATCH = 4096, 20, 4000, 20, 128


def sequences():
    """SEQUENCES x 2 HALF tokens."""
    random = torch.Generator().manual_seed(0)
    follows = torch.softmax(1.5 * torch.randn(TOKENS, TOKENS, generator=random), dim=1)
    columns = [torch.randint(TOKENS, (SEQUENCES,), generator=random)]
    while len(columns) < HALF:
        columns.append(torch.multinomial(follows[columns[-1]], 1, generator=random)[:, 0])
    return torch.stack(columns + columns, dim=1)


class Attention(torch.nn.Module):
    """Heads that look at what came before, and add what they read."""

    def __init__(self):
        super().__init__()
        for name in ("query", "key", "value", "out"):
            setattr(self, name, torch.nn.Linear(WIDTH, WIDTH, bias=False))

    def forward(self, x):
        batch, length, _ = x.shape
        q, k, v = (part(x).view(batch, length, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        read = torch.softmax(scores.masked_fill(later, -torch.inf), dim=-1) @ v
        return x + self.out(read.transpose(1, 2).reshape(batch, length, WIDTH))


class Transformer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.token = torch.nn.Embedding(TOKENS, WIDTH)
        self.place = torch.nn.Parameter(torch.randn(2 * HALF, WIDTH) / WIDTH**0.5)
        self.layers = torch.nn.Sequential(*(Attention() for _ in range(LAYERS)))
        self.next = torch.nn.Linear(WIDTH, TOKENS, bias=False)

    def forward(self, tokens):
        return self.next(self.layers(self.token(tokens) + self.place[: tokens.shape[1]]))


def loss(net, tokens):
    """Nats a sequence, all but its first token: minus the log-likelihood of a sample, which is what nBeta multiplies."""
    each = torch.nn.functional.cross_entropy(net(tokens[:, :-1]).transpose(1, 2), tokens[:, 1:], reduction="none")
    return each.sum(dim=1).mean()


def train(folder):
    """Checkpoints at steps that are even on a logarithmic scale."""
    tokens = sequences()
    torch.manual_seed(0)
    net = Transformer()
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    kept = {round(FIRST * (STEPS / FIRST) ** (i / (CHECKPOINTS - 1))) for i in range(CHECKPOINTS)}
    os.makedirs(folder, exist_ok=True)
    for step in range(1, STEPS + 1):
        batch = tokens[torch.randint(SEQUENCES, (BATCH,))]
        optimiser.zero_grad()
        value = loss(net, batch)
        value.backward()
        optimiser.step()
        if step in kept:
            with torch.no_grad():
                logits = net(tokens[:512, :-1])
                each = torch.nn.functional.cross_entropy(logits.transpose(1, 2), tokens[:512, 1:], reduction="none")
            print(f"step {step}: loss {value:.4f}, first half {each[:, : HALF - 1].mean():.4f}, second half {each[:, HALF:].mean():.4f}")
            numpy.savez(os.path.join(folder, f"step-{step}.npz"), **{name: each.numpy() for name, each in net.state_dict().items()})


if len(sys.argv) > 1:
    train(sys.argv[1])
else:
    import landau

    landau.serve_torch(Transformer(), loss, (sequences(),), dtype=None)
