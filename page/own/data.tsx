export const OwnData = () => (
  <main id="main">
    <h1>Your own data</h1>
  </main>
);
